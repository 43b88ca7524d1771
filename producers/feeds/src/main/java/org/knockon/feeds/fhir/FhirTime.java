package org.knockon.feeds.fhir;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
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
}
