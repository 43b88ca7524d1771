package org.knockon.streams.impact;

/** A share of a stream thread's time: long scans are cut into these, so that no outage, however large, stalls a poll. */
public final class TimeBudget {

    private final long deadline;

    /** @param nanos from now on */
    public TimeBudget(long nanos) {
        deadline = System.nanoTime() + nanos;
    }

    public boolean over() {
        return System.nanoTime() - deadline >= 0;
    }
}
