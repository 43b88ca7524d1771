package org.knockon.feeds.load;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.knockon.feeds.hl7.ParsedTime;

/** Times as an extract writes them. */
public final class ExtractTimes {

    private static final LocalDateTime EXAMPLE = LocalDateTime.of(2026, 12, 31, 23, 45);

    private final ZoneId zone;
    private final List<DateTimeFormatter> forms;

    /** @param forms tried before ISO 8601 and the form of HL7 */
    ExtractTimes(ZoneId zone, List<DateTimeFormatter> forms) {
        this.zone = zone;
        this.forms = forms;
    }

    /**
     * Reads a form such as {@code dd/MM/yyyy HH:mm}. A day that does not exist is no time.
     *
     * @throws IllegalArgumentException if it is none, or lacks the date or the hour
     */
    public static DateTimeFormatter form(String pattern) {
        // Strict years are u: y needs an era.
        DateTimeFormatter form = new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern.replace('y', 'u'))
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
        try {
            LocalDateTime.parse(EXAMPLE.atOffset(ZoneOffset.UTC).format(form), form);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("it lacks the date or the hour", e);
        }
        return form;
    }

    /** Milliseconds since 1970; empty if the text is no time with an hour. */
    OptionalLong millis(String text) {
        for (DateTimeFormatter form : forms) {
            try {
                return OptionalLong.of(millis(form.parseBest(text, OffsetDateTime::from, LocalDateTime::from)));
            } catch (DateTimeException e) {
                continue;
            }
        }
        String usual = text.replaceFirst(" ", "T").replace(" ", "");
        return ParsedTime.parse(usual)
                .filter(ParsedTime::hasHour)
                .map(time -> OptionalLong.of(time.millis(zone)))
                .orElse(OptionalLong.empty());
    }

    /** The same, or of a date alone the beginning of that day. */
    OptionalLong millisOrDay(String text) {
        OptionalLong exact = millis(text);
        return exact.isPresent()
                ? exact
                : ParsedTime.parse(text)
                        .map(day -> OptionalLong.of(day.millis(zone)))
                        .orElse(OptionalLong.empty());
    }

    /** In a gap of the zone one gap later, in an overlap the earlier, as of messages. */
    private long millis(TemporalAccessor time) {
        return time instanceof OffsetDateTime exact
                ? exact.toInstant().toEpochMilli()
                : ZonedDateTime.ofLocal((LocalDateTime) time, zone, null)
                        .toInstant()
                        .toEpochMilli();
    }
}
