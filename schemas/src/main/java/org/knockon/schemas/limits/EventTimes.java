package org.knockon.schemas.limits;

import java.time.Instant;

/**
 * The accepted range of times in records, in epoch milliseconds. Times outside it come from wrong units or a broken
 * clock.
 */
public final class EventTimes {

    /** 2000-01-01T00:00:00Z, the first accepted instant. */
    public static final long EARLIEST = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();

    /** The last accepted instant, one millisecond before 2100. */
    public static final long LATEST = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli() - 1;

    private EventTimes() {}

    /** Whether the instant lies in the years 2000 to 2099 and not after {@code latest}. */
    public static boolean accepts(long instant, long latest) {
        return instant >= EARLIEST && instant <= LATEST && instant <= latest;
    }

    /**
     * Returns the reason for refusing a time, or null if it is accepted.
     *
     * @param field name of the time, used in the reason
     * @param latest the last accepted instant: in live mode, now plus the allowed clock skew; otherwise {@link #LATEST}
     */
    public static String refusal(String field, long instant, long latest) {
        if (accepts(instant, latest)) {
            return null;
        }
        if (instant < EARLIEST || instant > LATEST) {
            return field + " is " + Instant.ofEpochMilli(instant)
                    + ", outside the years 2000 to 2099: is it in milliseconds?";
        }
        return field + " " + Instant.ofEpochMilli(instant) + " lies in the future: the latest accepted is "
                + Instant.ofEpochMilli(latest);
    }
}
