package org.knockon.cli.counts;

import java.util.List;
import org.knockon.cli.console.Figures;
import org.knockon.cli.console.TextTable;
import org.knockon.impact.model.ImpactCounts;
import picocli.CommandLine.Help.Ansi;

/** Counts in words. What is known and what is presumed stand beside each other and are never added. */
public final class CountsText {

    private final Ansi ansi;

    /** @param colour whether the terminal has any */
    public CountsText(boolean colour) {
        ansi = colour ? Ansi.ON : Ansi.OFF;
    }

    /** The label that everything invented carries. */
    public String exercise() {
        return ansi.string("@|bold,yellow SYNTHETIC EXERCISE|@");
    }

    /** For a display that stays in place. */
    public List<String> lines(LiveCounts.Snapshot now) {
        ImpactCounts counts = now.counts();
        return new TextTable(2)
                .row("outages", now.openOutages(), "open, of " + Figures.count(now.outages()) + " so far")
                .row("at risk", counts.atRisk(), "booked into an outage that is still open")
                .row("known", counts.postponed(), known(counts))
                .row("presumed", counts.unconfirmed(), "not to have happened; nobody has said yet")
                .row("on paper", counts.deliveredInDowntime(), "delivered in downtime")
                .lines();
    }

    /** The same in one line. */
    public String line(LiveCounts.Snapshot now) {
        ImpactCounts counts = now.counts();
        return Figures.count(now.openOutages()) + " outages open, at risk " + Figures.count(counts.atRisk())
                + ", known postponed " + Figures.count(counts.postponed())
                + ", presumed " + Figures.count(counts.unconfirmed())
                + ", on paper " + Figures.count(counts.deliveredInDowntime());
    }

    /** What the known ones have come to. */
    public static String known(ImpactCounts counts) {
        return "postponed " + Figures.count(counts.awaitingDate()) + ", rebooked " + Figures.count(counts.rebooked())
                + ", recovered " + Figures.count(counts.recovered()) + ", abandoned "
                + Figures.count(counts.abandoned());
    }
}
