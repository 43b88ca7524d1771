package org.knockon.cli.console;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a positive duration: ISO-8601, as in the settings, or seconds. */
public final class DurationConverter implements ITypeConverter<Duration> {

    private static final Duration LONGEST = Duration.ofDays(24);

    @Override
    public Duration convert(String value) {
        Duration duration = parse(value);
        // Kafka clients hold milliseconds in 32 bits.
        if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST) > 0) {
            throw invalid(value);
        }
        return duration;
    }

    private static Duration parse(String value) {
        String text = value.toUpperCase(Locale.ROOT);
        try {
            return Duration.parse(text.matches("\\d+(\\.\\d+)?S?") ? "PT" + text.replace("S", "") + "S" : text);
        } catch (DateTimeParseException | ArithmeticException e) {
            throw invalid(value);
        }
    }

    private static TypeConversionException invalid(String value) {
        return new TypeConversionException(
                "must be positive and at most P24D, such as PT30S or 30, but is '" + value + "'");
    }
}
