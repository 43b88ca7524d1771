package org.knockon.oracle.worlds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Makes a failing list of events small enough to read: drops half of them, then quarters and so on, then single
 * events until none can be spared. What is left keeps its order.
 */
public final class Shrinker {

    private final Duration limit;
    private final LongSupplier nanoTime;

    /**
     * @param limit no further attempt begins after so long
     * @param nanoTime a running clock in nanoseconds, of any origin
     */
    public Shrinker(Duration limit, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
    }

    /** By the stopwatch of this machine. */
    public static Shrinker within(Duration limit) {
        return new Shrinker(limit, System::nanoTime);
    }

    /**
     * @param stillFails true when the failure shows in the events given; tried many times, so it must not remember
     * @throws IllegalArgumentException when the failure does not show in all of {@code events}
     */
    public Shrunk shrink(List<WorldEvent> events, Predicate<List<WorldEvent>> stillFails) {
        if (!stillFails.test(List.copyOf(events))) {
            throw new IllegalArgumentException("the failure does not show in the " + events.size() + " events given");
        }
        long began = nanoTime.getAsLong();
        List<WorldEvent> smallest = List.copyOf(events);
        int attempts = 0;
        int size = Math.max(1, smallest.size() / 2);
        while (!smallest.isEmpty()) {
            int before = smallest.size();
            for (int from = 0; from < smallest.size(); ) {
                if (nanoTime.getAsLong() - began > limit.toNanos()) {
                    return new Shrunk(smallest, attempts, false);
                }
                List<WorldEvent> fewer = without(smallest, from, Math.min(from + size, smallest.size()));
                attempts++;
                if (stillFails.test(fewer)) {
                    smallest = fewer;
                } else {
                    from += size;
                }
            }
            if (size == 1 && smallest.size() == before) {
                break;
            }
            size = Math.max(1, size / 2);
        }
        return new Shrunk(smallest, attempts, true);
    }

    private static List<WorldEvent> without(List<WorldEvent> events, int from, int to) {
        List<WorldEvent> fewer = new ArrayList<>(events.subList(0, from));
        fewer.addAll(events.subList(to, events.size()));
        return List.copyOf(fewer);
    }

    /**
     * The least that still fails.
     *
     * @param attempts how many smaller lists were tried
     * @param finished false when time ran out; then it may not be the least
     */
    public record Shrunk(List<WorldEvent> events, int attempts, boolean finished) {

        /** Readable text: a heading, then one event a line. */
        @Override
        public String toString() {
            return events.size() + " events" + (finished ? "" : " (time ran out before it could be made smaller)")
                    + ":\n" + WorldEvent.print(events);
        }
    }
}
