package org.knockon.impact.model;

import java.time.ZoneId;

/**
 * Rule parameters.
 *
 * @param horizon how far ahead cancellations and risks are put down to an open outage
 * @param zone local time of hours and days in cells
 * @param versionsKept how many versions of one appointment are kept: those with the greatest sequences
 */
public record Rules(long horizon, ZoneId zone, int versionsKept) {

    /** The size of what is stored of one appointment rests on this. */
    public static final int VERSIONS_KEPT = 100;

    /** 24 hours, Europe/London. */
    public static final Rules DEFAULT = new Rules(24 * 60 * 60 * 1000L, ZoneId.of("Europe/London"));

    public Rules {
        if (horizon < 0) {
            throw new IllegalArgumentException("horizon must not be negative, but it is " + horizon + " ms");
        }
        if (versionsKept < 1 || versionsKept > VERSIONS_KEPT) {
            throw new IllegalArgumentException(
                    "versionsKept must be from 1 to " + VERSIONS_KEPT + ", but it is " + versionsKept);
        }
    }

    /** Keeps {@value #VERSIONS_KEPT} versions. */
    public Rules(long horizon, ZoneId zone) {
        this(horizon, zone, VERSIONS_KEPT);
    }
}
