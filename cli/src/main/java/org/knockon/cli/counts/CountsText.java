package org.knockon.cli.counts;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.knockon.cli.console.Figures;
import org.knockon.cli.console.TextTable;
import org.knockon.impact.model.ImpactCounts;
import picocli.CommandLine.Help.Ansi;

/** Counts as text. Recorded and unrecorded postponements are separate numbers and are never added. */
public final class CountsText {

    /** What happened to postponed appointments since. */
    private static final List<CountTerm> OUTCOMES =
            List.of(CountTerm.AWAITING_DATE, CountTerm.REBOOKED, CountTerm.RECOVERED, CountTerm.ABANDONED);

    private final Ansi ansi;

    /** @param colour whether the terminal supports colour */
    public CountsText(boolean colour) {
        ansi = colour ? Ansi.ON : Ansi.OFF;
    }

    /** The label of everything synthetic. */
    public String exercise() {
        return ansi.string("@|bold,yellow SYNTHETIC EXERCISE|@");
    }

    /** The counts for a display that is redrawn in place. */
    public List<String> lines(LiveCounts.Snapshot now) {
        return table("outages", now.openOutages(), "open, " + Figures.count(now.outages()) + " so far", now.counts())
                .lines();
    }

    /** The counts in one line. */
    public String line(LiveCounts.Snapshot now) {
        return Figures.count(now.openOutages(), "outage", "outages") + " open, "
                + Stream.of(
                                CountTerm.AT_RISK,
                                CountTerm.POSTPONED,
                                CountTerm.UNCONFIRMED,
                                CountTerm.DELIVERED_IN_DOWNTIME)
                        .map(term -> term.word() + " " + Figures.count(term.of(now.counts())))
                        .collect(Collectors.joining(", "));
    }

    /** A row about outages and one for each count, with an explanation. */
    public static TextTable table(String heading, long outages, String note, ImpactCounts counts) {
        TextTable table = new TextTable(2).row(heading, outages, note);
        row(table, "", CountTerm.AT_RISK, counts, "booked into an outage that is still open");
        row(table, "", CountTerm.POSTPONED, counts, "cancelled or moved because of an outage");
        OUTCOMES.forEach(outcome -> row(table, "  ", outcome, counts, ""));
        row(table, "", CountTerm.UNCONFIRMED, counts, "passed during an outage without a recorded outcome");
        row(table, "", CountTerm.DELIVERED_IN_DOWNTIME, counts, "seen during an outage under downtime procedures");
        return table;
    }

    private static void row(TextTable table, String indent, CountTerm term, ImpactCounts counts, String note) {
        table.row(indent + term.word(), term.of(counts), note);
    }
}
