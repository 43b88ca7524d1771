package org.knockon.feeds.hl7;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time as a sender wrote it. HAPI's own reading is not used: it takes the time zone of the JVM.
 *
 * @param offset from UTC, if written
 * @param hasHour whether it names an hour, so that it can be the time of an appointment
 */
public record ParsedTime(LocalDateTime local, Optional<ZoneOffset> offset, boolean hasHour) {

    private static final int LONGEST = 64;
    private static final Duration DAY = Duration.ofDays(1);

    private static final Pattern HL7 = Pattern.compile("(\\d{4})(?:(\\d\\d)(?:(\\d\\d)(?:T?(\\d\\d)(?:(\\d\\d)"
            + "(?:(\\d\\d)(?:\\.(\\d{1,9})\\d*|(\\d\\d))?)?)?)?)?)?(Z|[+-]\\d\\d:?\\d\\d)?");
    private static final Pattern ISO = Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)(?:T(\\d\\d):(\\d\\d)"
            + "(?::(\\d\\d)(?:[.,](\\d{1,9})\\d*)?)?()(Z|[+-]\\d\\d(?::?\\d\\d)?)?)?");

    /**
     * Reads {@code yyyy[MM[dd[HH[mm[ss[.S+]]]]]][+-ZZZZ]}, the same with hundredths as digits 15 and 16, and ISO 8601.
     *
     * @return empty if the text is not a time
     */
    public static Optional<ParsedTime> parse(String written) {
        String text = written.strip();
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher parts = HL7.matcher(text);
        if (!parts.matches()) {
            parts = ISO.matcher(text);
        }
        try {
            return parts.matches() ? Optional.of(of(parts)) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Milliseconds since 1970. In a gap of the zone one gap later, in an overlap the earlier. */
    public long millis(ZoneId zone) {
        return offset.map(known -> local.toInstant(known).toEpochMilli())
                .orElseGet(() ->
                        ZonedDateTime.ofLocal(local, zone, null).toInstant().toEpochMilli());
    }

    /** The same, but in an overlap the one nearer to receipt if it is less than a day away. */
    long millisNear(ZoneId zone, long receipt) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offset.isPresent() || offsets.size() < 2) {
            return millis(zone);
        }
        long earlier = local.toInstant(offsets.get(0)).toEpochMilli();
        long later = local.toInstant(offsets.get(1)).toEpochMilli();
        boolean laterIsNearer = Math.abs(later - receipt) < Math.abs(earlier - receipt);
        return laterIsNearer && Math.abs(later - receipt) < DAY.toMillis() ? later : earlier;
    }

    private static ParsedTime of(Matcher parts) {
        int hour = number(parts.group(4), 0);
        int minute = number(parts.group(5), 0);
        int second = number(parts.group(6), 0);
        String fraction = parts.group(7) != null ? parts.group(7) : parts.group(8);
        int nanos =
                fraction == null || fraction.isEmpty() ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
        boolean endOfDay = hour == 24 && minute == 0 && second == 0 && nanos == 0;
        LocalDateTime day =
                LocalDateTime.of(number(parts.group(1), 0), number(parts.group(2), 1), number(parts.group(3), 1), 0, 0);
        LocalDateTime local = endOfDay ? day.plusDays(1) : day.with(LocalTime.of(hour, minute, second, nanos));
        String zone = parts.group(9);
        return new ParsedTime(
                local, zone == null ? Optional.empty() : Optional.of(ZoneOffset.of(zone)), parts.group(4) != null);
    }

    private static int number(String digits, int otherwise) {
        return digits == null ? otherwise : Integer.parseInt(digits);
    }
}
