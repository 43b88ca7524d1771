package org.knockon.impact;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** Short forms of instants in tests, in UTC: {@code 10:05} on 19 July 2022, or {@code 2022-07-21T10:05}. */
public final class Day {

    private static final LocalDate DATE = LocalDate.of(2022, 7, 19);

    private Day() {}

    /** Epoch milliseconds. */
    public static long at(String time) {
        LocalDateTime instant = time.contains("T") ? LocalDateTime.parse(time) : DATE.atTime(LocalTime.parse(time));
        return instant.toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    /** The inverse of {@link #at} for instants of 19 July 2022. */
    public static String time(long instant) {
        LocalDateTime dateTime = LocalDateTime.ofInstant(Instant.ofEpochMilli(instant), ZoneOffset.UTC);
        return dateTime.toLocalDate().equals(DATE) ? dateTime.toLocalTime().toString() : dateTime.toString();
    }

    /** Milliseconds. */
    public static long minutes(long minutes) {
        return minutes * 60_000L;
    }
}
