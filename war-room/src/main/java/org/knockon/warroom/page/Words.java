package org.knockon.warroom.page;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.knockon.warroom.board.HistoryWindow;
import org.knockon.warroom.board.SiteNames;

/** Times, numbers and names in words: local time in 24 hours with its zone, commas in numbers over 999. */
public final class Words {

    /** Follows the time of a page or report. */
    public static final String FROM_HISTORY = ", from history, which keeps every five minutes and, beyond "
            + HistoryWindow.EXACT_DAYS + " days, whole hours only";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMMM uuuu HH:mm zzz", Locale.UK);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM uuuu", Locale.UK);

    private final DateTimeFormatter time;

    /** @param zone of every time */
    public Words(ZoneId zone) {
        time = TIME.withZone(zone);
    }

    /** Local time with its zone, such as "19 July 2022 16:42 BST". */
    public String time(Instant instant) {
        return time.format(instant);
    }

    /** @param day ISO-8601; any other text is returned unchanged */
    public static String day(String day) {
        try {
            return DAY.format(LocalDate.parse(day));
        } catch (DateTimeParseException e) {
            return day;
        }
    }

    public static String number(long number) {
        return String.format(Locale.UK, "%,d", number);
    }

    /** Such as "1 outage" or "2 outages". */
    public static String count(long number, String noun) {
        return number(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** {@code DAY_CASE} as "Day case". */
    public static String label(String constant) {
        String small = constant.replace('_', ' ').toLowerCase(Locale.ROOT);
        return small.isEmpty() ? small : Character.toUpperCase(small.charAt(0)) + small.substring(1);
    }

    /** Such as "2 h 49 min". */
    public static String duration(Duration duration) {
        long minutes = duration.toMinutes();
        long days = minutes / (24 * 60);
        long hours = minutes / 60 % 24;
        return (days > 0 ? days + " d " : "") + (days > 0 || hours > 0 ? hours + " h " : "") + minutes % 60 + " min";
    }

    /**
     * Such as "Guy's Hospital (RJ121)", with both parts marked by {@link Isolated}.
     *
     * @param name null if no care service names the site
     */
    public static String site(String name, String site) {
        return name == null ? Isolated.name(site) : SiteNames.withCode(Isolated.name(name), Isolated.name(site));
    }

    /** A treatment function code, or that there is none. */
    public static String specialty(String code) {
        return code.isEmpty()
                ? "Unknown: the catalogue has no such care service, or no specialty for it"
                : Isolated.name(code);
    }

    /** @param evidence OBSERVED or SILENCE */
    public static String evidence(String evidence) {
        return switch (evidence) {
            case "OBSERVED" -> "Monitors reported it";
            case "SILENCE" -> "Monitors fell silent";
            default -> label(evidence);
        };
    }
}
