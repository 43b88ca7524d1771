package org.knockon.cli.replay;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --shift-to}: a time with an offset, or {@code now}. */
final class StartTime implements ITypeConverter<Instant> {

    private static final String NOW = "now";

    @Override
    public Instant convert(String value) {
        return value.equalsIgnoreCase(NOW) ? Instant.now().truncatedTo(ChronoUnit.SECONDS) : parse(value);
    }

    private static Instant parse(String value) {
        try {
            return OffsetDateTime.parse(value).toInstant().truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException e) {
            throw new TypeConversionException(
                    "must be a time with its offset, such as 2026-12-01T09:00:00Z, but is '" + value + "'");
        }
    }

    /** Without {@code now}: a comparison needs the time that the replay printed. */
    static final class OfThePast implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String value) {
            return parse(value);
        }
    }
}
