package org.knockon.impact.model;

import java.time.ZoneId;

/**
 * What the rules are told from outside.
 *
 * @param horizon how far ahead cancellations and risks are put down to an open outage
 * @param zone local time of hours and days in cells
 */
public record Rules(long horizon, ZoneId zone) {

    /** 24 hours, Europe/London. */
    public static final Rules DEFAULT = new Rules(24 * 60 * 60 * 1000L, ZoneId.of("Europe/London"));

    public Rules {
        if (horizon < 0) {
            throw new IllegalArgumentException("horizon must not be negative, but it is " + horizon + " ms");
        }
    }
}
