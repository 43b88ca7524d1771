package org.knockon.oracle.worlds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Makes a failing list of events small enough to read: removes halves, then quarters and so on, then single events, as
 * long as the failure remains. The rest keeps its order.
 */
public final class Shrinker {

    private final Duration limit;
    private final LongSupplier nanoTime;

    /**
     * @param limit no further attempt starts after this time
     * @param nanoTime a clock in nanoseconds with any origin
     */
    public Shrinker(Duration limit, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
    }

    /** Uses the clock of this machine. */
    public static Shrinker within(Duration limit) {
        return new Shrinker(limit, System::nanoTime);
    }

    /**
     * @param stillFails whether the failure occurs with the given events; called many times, so it must be stateless
     * @throws IllegalArgumentException if the failure does not occur with all of {@code events}
     */
    public Shrunk shrink(List<WorldEvent> events, Predicate<List<WorldEvent>> stillFails) {
        if (!stillFails.test(List.copyOf(events))) {
            throw new IllegalArgumentException(
                    "the failure does not occur with the given " + events.size() + " events");
        }
        long started = nanoTime.getAsLong();
        List<WorldEvent> smallest = List.copyOf(events);
        int attempts = 0;
        int size = Math.max(1, smallest.size() / 2);
        while (!smallest.isEmpty()) {
            int before = smallest.size();
            for (int from = 0; from < smallest.size(); ) {
                if (nanoTime.getAsLong() - started > limit.toNanos()) {
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
     * The smallest list that still fails.
     *
     * @param attempts number of smaller lists that were tried
     * @param finished false if the time limit was reached; a smaller list may then exist
     */
    public record Shrunk(List<WorldEvent> events, int attempts, boolean finished) {

        /** A heading, then one event per line. */
        @Override
        public String toString() {
            return events.size() + " events" + (finished ? "" : " (the time limit was reached; fewer may be enough)")
                    + ":\n" + WorldEvent.print(events);
        }
    }
}
