package org.knockon.streams.task;

/**
 * The time that one turn may take on a stream thread. Long scans stop when it is spent and continue in a later turn,
 * so that no outage, however large, delays a poll.
 */
public final class TimeBudget {

    private final long deadline;

    /** @param nanos from now on */
    public TimeBudget(long nanos) {
        deadline = System.nanoTime() + nanos;
    }

    /** @param millis from now on */
    public static TimeBudget ofMillis(long millis) {
        return ofMillis(millis, 1);
    }

    /** One part of a turn that is divided into {@code parts}. */
    public static TimeBudget ofMillis(long millis, int parts) {
        return new TimeBudget(millis * 1_000_000 / parts);
    }

    public boolean isSpent() {
        return System.nanoTime() - deadline >= 0;
    }
}
