package org.knockon.benchmarks.harness;

import java.util.Random;
import java.util.function.IntConsumer;

/**
 * The order in which appointments are booked and updated, each once. Bookings and updates alternate, so that every part of a run but
 * its ends holds as many of one as of the other. An update comes at least {@link #lag} bookings after its own booking; which of the
 * waiting appointments is updated next is random.
 */
public enum EventMix {
    /** Caches still hold most of what is updated. The ends of a run weigh little. */
    NEAR(100),
    /** What is updated was last touched long ago, as that of a real hospital was. */
    FAR(5);

    private final int parts;

    /** @param parts of the appointments, of which one waits for its updates */
    EventMix(int parts) {
        this.parts = parts;
    }

    /** How many appointments wait for their update. */
    public int lag(int number) {
        return Math.max(1, number / parts);
    }

    /** Calls both with numbers from 0 to {@code number - 1}; in the same order for the same number and seed. */
    public void run(int number, long seed, IntConsumer book, IntConsumer update) {
        int lag = lag(number);
        Random random = new Random(seed);
        int[] waiting = new int[lag];
        int ready = 0;
        for (int i = 0; i < number + lag; i++) {
            if (i < number) {
                book.accept(i);
            }
            if (i < lag) {
                continue;
            }
            if (ready == lag) {
                int any = random.nextInt(lag);
                update.accept(waiting[any]);
                waiting[any] = i - lag;
            } else {
                waiting[ready++] = i - lag;
            }
        }
        for (int i = 0; i < ready; i++) {
            update.accept(waiting[i]);
        }
    }

    /** For the settings of results. */
    public String described(int number) {
        return "bookings and updates alternate; an update comes at least " + lag(number)
                + " bookings after its own booking; one in five moves by an hour, the others are attended";
    }
}
