package org.knockon.impact.detection;

import java.time.Instant;

/**
 * The accepted times of observations. An observation outside the window is rejected, because it would move the clock
 * far from all others.
 *
 * @param from epoch milliseconds, inclusive
 * @param until epoch milliseconds, inclusive
 */
public record AcceptanceWindow(long from, long until) {

    /** Returns the reason for rejecting an observation; null if it is accepted. */
    public String rejection(long observedAt) {
        if (observedAt > until) {
            return "observedAt " + text(observedAt) + " lies in the future: the latest accepted is " + text(until);
        }
        if (observedAt < from) {
            return "observedAt " + text(observedAt) + " is older than the retention: the earliest accepted is "
                    + text(from);
        }
        return null;
    }

    private static String text(long instant) {
        return Instant.ofEpochMilli(instant).toString();
    }
}
