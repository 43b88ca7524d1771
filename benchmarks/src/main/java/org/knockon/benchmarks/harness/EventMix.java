package org.knockon.benchmarks.harness;

import java.util.Random;
import java.util.function.IntConsumer;

/**
 * The order in which appointments are booked and updated, each once: in turn, so that every stretch but the ends holds as many of the
 * one as of the other. An update comes at least {@link #behind} bookings after its own, and is any of as many that wait by then.
 */
public final class EventMix {

    private EventMix() {}

    /** A hundredth of the appointments, for the ends to weigh little. */
    public static int behind(int number) {
        return Math.max(1, number / 100);
    }

    /** The same order for the same number and seed; both are given numbers from 0 to {@code number - 1}. */
    public static void run(int number, long seed, IntConsumer book, IntConsumer update) {
        int behind = behind(number);
        Random random = new Random(seed);
        int[] waiting = new int[behind];
        int ripe = 0;
        for (int i = 0; i < number + behind; i++) {
            if (i < number) {
                book.accept(i);
            }
            if (i < behind) {
                continue;
            }
            if (ripe == behind) {
                int any = random.nextInt(behind);
                update.accept(waiting[any]);
                waiting[any] = i - behind;
            } else {
                waiting[ripe++] = i - behind;
            }
        }
        for (int i = 0; i < ripe; i++) {
            update.accept(waiting[i]);
        }
    }

    /** For the settings of results. */
    public static String said(int number) {
        return "bookings and updates in turn; an update at least " + behind(number)
                + " bookings behind its own; one in five moves by an hour, the others are attended";
    }
}
