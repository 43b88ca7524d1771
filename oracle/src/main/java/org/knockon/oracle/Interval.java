package org.knockon.oracle;

import org.knockon.impact.model.Outage;

/** The half-open interval [start, end). An open interval ends at {@link Outage#OPEN}. */
record Interval(long start, long end) {

    static Interval of(Outage outage) {
        return new Interval(outage.startedAt(), outage.endedAt());
    }

    boolean contains(long instant) {
        return start <= instant && instant < end;
    }

    boolean isOpen() {
        return end == Outage.OPEN;
    }

    boolean isEmpty() {
        return start >= end;
    }
}
