package org.knockon.warroom.report;

import static org.knockon.warroom.page.Words.count;
import static org.knockon.warroom.page.Words.number;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.knockon.warroom.board.BoardView.Backlog;
import org.knockon.warroom.page.Figures;
import org.knockon.warroom.page.Isolated;
import org.knockon.warroom.page.Words;

/** The sentences of the report. */
final class ReportText {

    static final List<String> METHOD = List.of(
            "Every number counts appointments. Postponed: recorded as cancelled or moved because of an outage, whatever became of"
                    + " it since: no new date, new date, seen since or given up. Not recorded yet: its time passed while a system it"
                    + " needed was down, and the outcome is not recorded yet. These two numbers are never added.",
            "Seen on paper: it took place under downtime procedures. At risk: it is booked, and a system it needs is down. Care"
                    + " still owed: no new date, or a new date ahead.",
            "The day is the local day of the first postponed slot. Categories, specialties and days each add up to the total; root"
                    + " causes do not, because one appointment may be affected by several. The numbers of a root cause include all"
                    + " that its system and its dependents affected, in all outages in which it was the root cause.",
            "The report covers every outage that is still on the topics and began by the time of the report. The topics do not group"
                    + " outages into incidents, so the report does not either.",
            "Not included, because no topic contains it: names of organisations and specialties (shown by their codes, as is a site"
                    + " that no care service names), specialty by day, people, decisions and notes, and whether anyone came to harm."
                    + " Not read: the dead letters, which are records that the pipeline could not use, and how far the pipeline was"
                    + " behind. Compare \"counted until\" with the time of the report.",
            "A report from history covers the outages known today that were confirmed by then, and does not name silent monitors.");

    static final String NO_HISTORY =
            "The five-minute history has no entry up to this time: every number is 0 because none was kept, or because"
                    + " nothing had been counted yet.";

    private final Words words;

    /** @param zone of every time */
    ReportText(ZoneId zone) {
        words = new Words(zone);
    }

    List<String> summary(
            Instant asOf,
            Instant from,
            Instant to,
            int roots,
            int planned,
            int systems,
            int services,
            Figures figures) {
        List<String> sentences = new ArrayList<>();
        if (from == null) {
            sentences.add("No outage had been recorded by " + words.time(asOf) + ".");
        } else {
            sentences.add(count(roots, "root cause") + (planned == 0 ? "" : " (" + number(planned) + " planned)")
                    + " made " + count(systems, "system") + " unavailable, which " + count(services, "care service")
                    + " "
                    + (services == 1 ? "needs" : "need") + ". The first outage began on " + words.time(from)
                    + (to == null
                            ? "; at " + words.time(asOf) + " at least one was still open."
                            : ", the last ended on " + words.time(to) + "."));
        }
        sentences.add(count(figures.postponed(), "appointment") + " " + (figures.postponed() == 1 ? "was" : "were")
                + " postponed. For a further " + number(figures.unconfirmed())
                + " whose time has passed, the outcome is not recorded yet. " + number(figures.deliveredInDowntime())
                + (figures.deliveredInDowntime() == 1 ? " was" : " were") + " seen on paper.");
        if (figures.postponed() > 0) {
            sentences.add("Of the postponed, " + number(figures.awaitingDate()) + " have no new date, "
                    + number(figures.rebooked()) + " have a new date, " + number(figures.recovered())
                    + " have been seen since, and " + number(figures.abandoned())
                    + " were given up: the patient did not come, or no longer wants the appointment. Care is still owed to "
                    + number(figures.outstanding()) + ".");
        }
        if (figures.atRisk() > 0) {
            sentences.add(count(figures.atRisk(), "more appointment") + " " + (figures.atRisk() == 1 ? "is" : "are")
                    + " at risk: booked, and a system they need is down.");
        }
        return List.copyOf(sentences);
    }

    String outlook(Backlog backlog) {
        return switch (backlog.outlook()) {
            case NOTHING_WAITING -> "All postponed appointments have a new date.";
            case TOO_EARLY -> "Too early for a forecast: less than a day of history.";
            case NOT_FALLING -> "No forecast: the number of appointments with no new date is not falling.";
            case RANGE ->
                "At the pace of the last three days, all postponed appointments have a new date "
                        + (backlog.latest() == null
                                ? "at " + words.time(Instant.ofEpochMilli(backlog.earliest()))
                                        + " at the earliest; at the slowest recent pace, never."
                                : "between " + words.time(Instant.ofEpochMilli(backlog.earliest())) + " and "
                                        + words.time(Instant.ofEpochMilli(backlog.latest())) + ".");
        };
    }

    String silent(String monitor, Instant since) {
        return "The monitor " + Isolated.name(monitor) + " has been silent since " + words.time(since)
                + ": every number is a lower bound.";
    }

    static String unreadable(long records) {
        return count(records, "record") + " could not be decoded and " + (records == 1 ? "is" : "are")
                + " not in this report.";
    }

    static String notTracked(int monitors) {
        return "At least " + count(monitors, "further monitor") + (monitors == 1 ? " sends" : " send")
                + " observations but " + (monitors == 1 ? "is" : "are") + " not tracked, so their silence would not be"
                + " noticed.";
    }

    static String disagreement(String breakdown, long postponed, long unconfirmed, Figures total) {
        return "The breakdown by " + breakdown + " has " + number(postponed) + " postponed and " + number(unconfirmed)
                + " not recorded yet, the total " + number(total.postponed()) + " and " + number(total.unconfirmed())
                + ": some counts had not arrived when the report was made. Create the report again.";
    }
}
