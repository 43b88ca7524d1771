package org.knockon.impact.model;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * An hour of local time with its offset from UTC: the value of a SLOT_HOUR cell, such as {@code 2022-10-30T01+01:00}.
 * The offset is needed because the local hour alone is ambiguous when the clock goes back.
 *
 * <p>Most hours last 60 minutes. An hour in which the offset changes is shorter: {@link #from} and {@link #until} give
 * its bounds in a zone. All instants are epoch milliseconds.
 *
 * @param local start of the hour on the local clock
 */
public record SlotHour(LocalDateTime local, ZoneOffset offset) {

    private static final int DATE_LENGTH = "2022-07-19".length();
    private static final int OFFSET_AT = "2022-07-19T14".length();
    private static final long HOUR = Duration.ofHours(1).toMillis();

    public SlotHour {
        if (!local.equals(local.truncatedTo(ChronoUnit.HOURS))) {
            throw new IllegalArgumentException(local + " is not the start of an hour");
        }
    }

    /** The hour that the zone's clock shows at an instant. */
    public static SlotHour of(long instant, ZoneId zone) {
        ZonedDateTime shown = Instant.ofEpochMilli(instant).atZone(zone);
        return new SlotHour(shown.toLocalDateTime().truncatedTo(ChronoUnit.HOURS), shown.getOffset());
    }

    /** Inverse of {@link #toString()}; empty for any other text. */
    public static Optional<SlotHour> parse(String text) {
        if (text.length() <= OFFSET_AT || text.charAt(DATE_LENGTH) != 'T') {
            return Optional.empty();
        }
        try {
            LocalDate day = LocalDate.parse(text.substring(0, DATE_LENGTH));
            LocalTime hour = LocalTime.of(Integer.parseInt(text, DATE_LENGTH + 1, OFFSET_AT, 10), 0);
            SlotHour parsed = new SlotHour(day.atTime(hour), ZoneOffset.of(text.substring(OFFSET_AT)));
            return parsed.toString().equals(text) ? Optional.of(parsed) : Optional.empty();
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The local day, as used in SLOT_DAY_CATEGORY. */
    public LocalDate day() {
        return local.toLocalDate();
    }

    /** First instant of the hour if its offset applies to the whole hour. */
    public long start() {
        return local.toInstant(offset).toEpochMilli();
    }

    /** First instant at which the zone's clock shows this hour. */
    public long from(ZoneId zone) {
        Instant start = local.toInstant(offset);
        if (!zone.getRules().getOffset(start).equals(offset)) {
            ZoneOffsetTransition change = zone.getRules().nextTransition(start);
            if (change != null
                    && change.getOffsetAfter().equals(offset)
                    && change.getInstant().toEpochMilli() < start() + HOUR) {
                return change.getInstant().toEpochMilli();
            }
        }
        return start();
    }

    /** First instant after this hour on the zone's clock. */
    public long until(ZoneId zone) {
        long end = start() + HOUR;
        ZoneOffsetTransition change = zone.getRules().nextTransition(Instant.ofEpochMilli(from(zone)));
        return change == null ? end : Math.min(end, change.getInstant().toEpochMilli());
    }

    /** The hour after this one on the zone's clock. */
    public SlotHour next(ZoneId zone) {
        return of(until(zone), zone);
    }

    /** The hour before this one on the zone's clock. */
    public SlotHour previous(ZoneId zone) {
        return of(from(zone) - 1, zone);
    }

    /** {@code 2022-07-19T14+01:00}. The offset is always a number: {@code +00:00} for London in winter. */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder(OFFSET_AT + 6).append(local.toLocalDate()).append('T');
        if (local.getHour() < 10) {
            text.append('0');
        }
        return text.append(local.getHour())
                .append(offset.getTotalSeconds() == 0 ? "+00:00" : offset.getId())
                .toString();
    }
}
