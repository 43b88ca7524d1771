package org.knockon.impact.detection;

import java.time.Instant;

/**
 * Which instants an observation may carry. One outside would move the clock to where no other observation is, so it is turned away.
 *
 * @param from epoch milliseconds, inclusive
 * @param until epoch milliseconds, inclusive
 */
public record AcceptanceWindow(long from, long until) {

    /** @return null when the instant lies inside, else the reason in words */
    public String rejection(long observedAt) {
        if (observedAt > until) {
            return "observedAt " + text(observedAt) + " lies in the future: the latest accepted is " + text(until);
        }
        if (observedAt < from) {
            return "observedAt " + text(observedAt) + " is older than what is retained: the earliest accepted is "
                    + text(from);
        }
        return null;
    }

    private static String text(long instant) {
        return Instant.ofEpochMilli(instant).toString();
    }
}
