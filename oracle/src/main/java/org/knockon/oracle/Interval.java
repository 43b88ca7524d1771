package org.knockon.oracle;

import org.knockon.impact.model.Outage;

/** Instants from start up to, but without, end; an open one ends at {@link Outage#OPEN}. */
record Interval(long start, long end) {

    static Interval of(Outage outage) {
        return new Interval(outage.startedAt(), outage.endedAt());
    }

    boolean holds(long instant) {
        return start <= instant && instant < end;
    }

    boolean isOpen() {
        return end == Outage.OPEN;
    }

    boolean isEmpty() {
        return start >= end;
    }
}
