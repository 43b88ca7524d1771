package org.knockon.warroom.board;

import java.util.Comparator;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;

/**
 * Observations that lie after the board's clock. They do not count as a monitor's newest observation until the clock
 * reaches them. Only the {@link #MAX} earliest are kept; {@link #lostBy} reports whether a dropped one is due by now.
 */
final class FutureObservations {

    /** About 25 MB at worst. */
    static final int MAX = 100_000;

    private static final Comparator<Observation> IN_TIME = Comparator.comparing(Observation::observedAt)
            .thenComparing(Observation::systemId)
            .thenComparing(Observation::monitor)
            .thenComparing(Observation::status);

    private static final SystemStatus FIRST = SystemStatus.values()[0];

    private final TreeSet<Observation> waiting = new TreeSet<>(IN_TIME);
    private long lostFrom = Long.MAX_VALUE;

    void add(Observation seen) {
        waiting.add(new Observation(seen.systemId(), seen.status(), seen.observedAt(), seen.monitor(), null));
        if (waiting.size() > MAX) {
            lostFrom = Math.min(lostFrom, waiting.pollLast().observedAt());
        }
    }

    /** Removes the observations that are due and passes them on, earliest first. */
    void releaseDue(long clock, Consumer<Observation> consumer) {
        while (!waiting.isEmpty() && waiting.first().observedAt() <= clock) {
            consumer.accept(waiting.pollFirst());
        }
    }

    /** Time of the newest observation up to {@code until}; {@link Long#MIN_VALUE} if there is none. */
    long newest(long until) {
        Observation newest = waiting.lower(new Observation("", FIRST, until + 1, "", null));
        return newest == null ? Long.MIN_VALUE : newest.observedAt();
    }

    /** Whether an observation that is due by now was dropped. It is still on the topic. */
    boolean lostBy(long clock) {
        return lostFrom <= clock;
    }

    void clear() {
        waiting.clear();
        lostFrom = Long.MAX_VALUE;
    }
}
