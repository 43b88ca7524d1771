package org.knockon.feeds.fhir;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;

/** Reads FHIR instants. */
final class FhirTime {

    private FhirTime() {}

    /** Milliseconds since 1970; empty if the text is no time with an offset. */
    static OptionalLong instant(String text) {
        try {
            return OptionalLong.of(OffsetDateTime.parse(text).toInstant().toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * The same, or of a date alone noon UTC, which is on that day in every zone but the easternmost.
     */
    static OptionalLong instantOrDay(String text) {
        OptionalLong instant = instant(text);
        if (instant.isPresent()) {
            return instant;
        }
        try {
            return OptionalLong.of(LocalDate.parse(text)
                    .atTime(LocalTime.NOON)
                    .toInstant(ZoneOffset.UTC)
                    .toEpochMilli());
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }
}
