package org.knockon.schemas.mapping;

import java.time.Instant;

/** Converts the milliseconds of the plain records to the units of the schemas. */
final class TimeUnits {

    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;

    private TimeUnits() {}

    static long toSeconds(String field, long millis) {
        return whole(field, millis, SECOND, "seconds");
    }

    static long fromSeconds(String field, long seconds) {
        return times(field, seconds, SECOND);
    }

    static long toMinutes(String field, long millis) {
        return whole(field, millis, MINUTE, "minutes");
    }

    static long fromMinutes(String field, long minutes) {
        return times(field, minutes, MINUTE);
    }

    static Instant instant(Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    static Long millis(Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    /** Refuses a remainder, which the schema would silently lose. */
    private static long whole(String field, long millis, long unit, String units) {
        if (millis % unit != 0) {
            throw new IllegalArgumentException(field + " must be whole " + units + ", but it is " + millis + " ms");
        }
        return millis / unit;
    }

    private static long times(String field, long value, long unit) {
        try {
            return Math.multiplyExact(value, unit);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(field + " is too long: " + value, e);
        }
    }
}
