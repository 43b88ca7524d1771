package org.knockon.impact.model;

import java.time.Duration;
import java.time.ZoneId;

/**
 * Rule parameters.
 *
 * @param horizon how far ahead cancellations and risks are attributed to an open outage, in milliseconds
 * @param zone time zone of hours and days in cells
 * @param versionsKept number of versions kept per appointment: those with the greatest sequences
 */
public record Rules(long horizon, ZoneId zone, int versionsKept) {

    /** Greatest value of {@code versionsKept}; it bounds the stored size of one appointment. */
    public static final int VERSIONS_KEPT = 100;

    /** 24 hours, Europe/London. */
    public static final Rules DEFAULT = new Rules(Duration.ofHours(24).toMillis(), ZoneId.of("Europe/London"));

    public Rules {
        if (horizon < 0) {
            throw new IllegalArgumentException("horizon must not be negative, but it is " + horizon + " ms");
        }
        if (versionsKept < 1 || versionsKept > VERSIONS_KEPT) {
            throw new IllegalArgumentException(
                    "versionsKept must be from 1 to " + VERSIONS_KEPT + ", but it is " + versionsKept);
        }
    }

    /** With {@value #VERSIONS_KEPT} versions kept. */
    public Rules(long horizon, ZoneId zone) {
        this(horizon, zone, VERSIONS_KEPT);
    }
}
