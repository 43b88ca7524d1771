package org.knockon.warroom.board;

import java.util.Comparator;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;

/**
 * Observations later than the board's clock. They are no monitor's last word until the clock has come to them. Of more than
 * {@link #MOST} those nearest to the clock stay; {@link #lostBy} says when one that did not stay would be due.
 */
final class FutureObservations {

    /** Some 25 MB at worst. */
    static final int MOST = 100_000;

    private static final Comparator<Observation> IN_TIME = Comparator.comparing(Observation::observedAt)
            .thenComparing(Observation::systemId)
            .thenComparing(Observation::monitor)
            .thenComparing(Observation::status);

    private static final SystemStatus FIRST = SystemStatus.values()[0];

    private final TreeSet<Observation> waiting = new TreeSet<>(IN_TIME);
    private long lostFrom = Long.MAX_VALUE;

    void add(Observation seen) {
        waiting.add(new Observation(seen.systemId(), seen.status(), seen.observedAt(), seen.monitor(), null));
        if (waiting.size() > MOST) {
            lostFrom = Math.min(lostFrom, waiting.pollLast().observedAt());
        }
    }

    /** Hands over those that are due, the earliest first. */
    void due(long clock, Consumer<Observation> taker) {
        while (!waiting.isEmpty() && waiting.first().observedAt() <= clock) {
            taker.accept(waiting.pollFirst());
        }
    }

    /** Newest instant up to another; {@link Long#MIN_VALUE} when there is none. */
    long newest(long until) {
        Observation newest = waiting.lower(new Observation("", FIRST, until + 1, "", null));
        return newest == null ? Long.MIN_VALUE : newest.observedAt();
    }

    /** Whether one that is due by now had to go. The topic has it. */
    boolean lostBy(long clock) {
        return lostFrom <= clock;
    }

    void clear() {
        waiting.clear();
        lostFrom = Long.MAX_VALUE;
    }
}
