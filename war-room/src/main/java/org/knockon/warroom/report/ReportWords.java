package org.knockon.warroom.report;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knockon.warroom.board.BoardView.Backlog;
import org.knockon.warroom.board.HistoryWindow;
import org.knockon.warroom.board.SiteNames;
import org.knockon.warroom.page.Isolated;
import org.knockon.warroom.report.IncidentReport.Figures;

/** How the report and the desk's pages say things: plain English, local time in 24 hours with its zone, commas in numbers over 999. */
public final class ReportWords {

    static final List<String> METHOD = List.of(
            "The unit of every number is the appointment. Known: somebody recorded that it was cancelled or moved because of an"
                    + " outage. Presumed: its time passed while what it needed was down, and nobody has said yet what became of it."
                    + " The two are never added.",
            "On paper: it took place under downtime procedures. At risk: it is booked, and what it needs is down.",
            "The day is the local day of the slot that was hit first. Categories, specialties and days each add up to the whole;"
                    + " root causes do not, for one appointment may be hit by several. What is counted of a root cause is what its system"
                    + " and all that followed from it hit, at all times at which it was one.",
            "The report covers every outage that the topics still hold, begun by the time at which it stands. They know no"
                    + " incidents, so nothing groups outages into one.",
            "Not known, for no topic holds it: names of organisations and specialties (shown by their codes, as is a site that no"
                    + " care service names), specialty by day, people,"
                    + " decisions and notes, and whether anybody came to harm. Not read: the dead letters, that is, records the"
                    + " pipeline could not use; and how far the pipeline was behind. Compare \"counted until\" with the time at which"
                    + " the report stands.",
            "In a report from history outages are those now known that were confirmed by then, and silent monitors are not named.");

    /** Follows the time at which something stands. */
    public static final String FROM_HISTORY =
            ", from history, which is kept by five minutes and, beyond " + HistoryWindow.EXACT_DAYS + " days, by whole hours";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMMM uuuu HH:mm zzz", Locale.UK);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM uuuu", Locale.UK);

    private final ZoneId zone;

    /** @param zone of every time */
    public ReportWords(ZoneId zone) {
        this.zone = zone;
    }

    /** Local time with its zone, such as "19 July 2022 16:42 BST". */
    public String time(Instant instant) {
        return TIME.withZone(zone).format(instant);
    }

    /** @param day ISO-8601; any other text stays as it is */
    static String day(String day) {
        try {
            return DAY.format(LocalDate.parse(day));
        } catch (DateTimeParseException e) {
            return day;
        }
    }

    public static String number(long number) {
        return String.format(Locale.UK, "%,d", number);
    }

    /** {@code DAY_CASE} as "Day case". */
    public static String label(String constant) {
        String small = constant.replace('_', ' ').toLowerCase(Locale.ROOT);
        return small.isEmpty() ? small : Character.toUpperCase(small.charAt(0)) + small.substring(1);
    }

    /**
     * Such as "Guy's Hospital (RJ121)", both as {@link Isolated} marks them.
     *
     * @param name null where no care service tells it
     */
    public static String site(String name, String site) {
        return name == null ? Isolated.name(site) : SiteNames.withCode(Isolated.name(name), Isolated.name(site));
    }

    public static String duration(Duration duration) {
        long minutes = duration.toMinutes();
        long days = minutes / (24 * 60);
        long hours = minutes / 60 % 24;
        return (days > 0 ? days + " d " : "") + (days > 0 || hours > 0 ? hours + " h " : "") + minutes % 60 + " min";
    }

    List<String> summary(
            Instant standsAt,
            Instant from,
            Instant to,
            int roots,
            int planned,
            int systems,
            int services,
            Figures figures) {
        List<String> sentences = new ArrayList<>();
        if (from == null) {
            sentences.add("No outage had been recorded by " + time(standsAt) + ".");
        } else {
            sentences.add(many(roots, "root cause") + (planned == 0 ? "" : " (" + number(planned) + " planned)")
                    + " made " + many(systems, "system") + " unavailable, and "
                    + many(services, "care service") + " " + (services == 1 ? "needs" : "need")
                    + " them. The first outage began on "
                    + time(from)
                    + (to == null
                            ? "; by " + time(standsAt) + " at least one had not ended."
                            : ", the last ended on " + time(to) + "."));
        }
        sentences.add(many(figures.postponed(), "appointment") + " " + (figures.postponed() == 1 ? "is" : "are")
                + " known to have been postponed. For a further " + number(figures.unconfirmed())
                + " it is presumed, because their time passed and nobody has said yet. " + number(figures.onPaper())
                + " went ahead on paper.");
        if (figures.postponed() > 0) {
            sentences.add("Of those known, " + number(figures.awaitingDate()) + " still wait for a new date, "
                    + number(figures.rebooked()) + " have one, " + number(figures.recovered())
                    + " have been delivered since, and for " + number(figures.abandoned())
                    + " the patient will not come any more.");
        }
        if (figures.atRisk() > 0) {
            sentences.add(many(figures.atRisk(), "more appointment") + " " + (figures.atRisk() == 1 ? "is" : "are")
                    + " at risk: booked, and what they need is down.");
        }
        return List.copyOf(sentences);
    }

    String outlook(Backlog backlog) {
        return switch (backlog.outlook()) {
            case NOTHING_WAITING -> "Nobody waits for a new date.";
            case TOO_EARLY -> "Too early to say when nobody will wait for a new date: less than a day is known.";
            case NOT_FALLING -> "No date can be given: those who wait for a new date are not becoming fewer.";
            case RANGE ->
                "At the pace of the last three days nobody will wait for a new date between "
                        + time(Instant.ofEpochMilli(backlog.earliest())) + " and "
                        + (backlog.latest() == null
                                ? "a day that cannot be given, for at the slowest pace of late it would never be."
                                : time(Instant.ofEpochMilli(backlog.latest())) + ".");
        };
    }

    String silent(String monitor, Instant since) {
        return "The monitor " + Isolated.name(monitor) + " is silent since " + time(since)
                + ": every number is at least what is shown.";
    }

    static final String NO_HISTORY =
            "The five-minute history holds nothing up to this time: every number is 0 because none was kept, or"
                    + " because nothing had been counted yet.";

    static String unreadable(long records) {
        return many(records, "record") + " could not be decoded and " + (records == 1 ? "is" : "are")
                + " not in this report.";
    }

    static String notFollowed(int monitors) {
        return "At least " + many(monitors, "further monitor") + (monitors == 1 ? " is" : " are")
                + " named by observations and not followed; whether "
                + (monitors == 1 ? "it is" : "they are") + " silent is not known.";
    }

    static String disagreement(String breakdown, long known, long presumed, Figures total) {
        return "By " + breakdown + " there are " + number(known) + " known and " + number(presumed)
                + " presumed, in all "
                + number(total.postponed()) + " and " + number(total.unconfirmed())
                + ": some counts were still on their way when this was read. Make the report again.";
    }

    private static String many(long count, String what) {
        return number(count) + " " + what + (count == 1 ? "" : "s");
    }
}
