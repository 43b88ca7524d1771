package org.knockon.feeds.hl7;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths and distances of time as senders write them. */
final class WrittenDuration {
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,9}(?:\\.\\d{1,9})?");
    private static final Pattern UNIT_FIRST = Pattern.compile("([A-Za-z])\\s*(\\d{1,9}(?:\\.\\d{1,9})?)");

    private WrittenDuration() {}

    /**
     * Milliseconds, or empty if the number or the unit cannot be read.
     *
     * @param unit its first letter counts: seconds, minutes, hours, days; empty for minutes
     */
    static Optional<Long> millis(String number, String unit) {
        String plain = number.strip();
        if (!NUMBER.matcher(plain).matches()) {
            return Optional.empty();
        }
        return unit(unit)
                .map(each ->
                        new BigDecimal(plain).multiply(BigDecimal.valueOf(each)).longValue());
    }

    /** Milliseconds of {@code M30} or {@code H1}; a number alone is in minutes. */
    static Optional<Long> millis(String text) {
        Matcher unitFirst = UNIT_FIRST.matcher(text.strip());
        return unitFirst.matches() ? millis(unitFirst.group(2), unitFirst.group(1)) : millis(text, "");
    }

    private static Optional<Long> unit(String unit) {
        String plain = unit.strip().toLowerCase(Locale.ROOT);
        return plain.isEmpty()
                ? Optional.of(60_000L)
                : switch (plain.charAt(0)) {
                    case 's' -> Optional.of(1_000L);
                    case 'm' -> Optional.of(60_000L);
                    case 'h' -> Optional.of(3_600_000L);
                    case 'd' -> Optional.of(86_400_000L);
                    default -> Optional.empty();
                };
    }
}
