package org.knockon.cli.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.knockon.cli.console.Figures;
import org.knockon.cli.console.TextTable;
import org.knockon.cli.counts.CountsText;
import org.knockon.cli.counts.PublishedResults;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.producers.scenario.Site;

/** The summary for people. */
final class SummaryText {

    private static final int WIDTH = 79;
    private static final int MOST_ROOT_CAUSES = 8;
    private static final int MOST_DIFFERENCES = 20;

    private final ReplaySummary summary;
    private final PublishedResults found;
    private final List<String> lines = new ArrayList<>();

    SummaryText(ReplaySummary summary) {
        this.summary = summary;
        this.found = summary.published();
    }

    List<String> lines() {
        lines.add("");
        lines.add(summary.plan().scenario().title());
        lines.addAll(wrapped(summary.plan().scenario().synthetic()));
        if (!summary.plan().scenario().sources().isEmpty()) {
            lines.add("Sources: knockon scenario show "
                    + summary.plan().scenario().name());
        }
        lines.add("");
        overall();
        categories();
        sites();
        rootCauses();
        weeks();
        lines.add("");
        cost();
        summary.verification().ifPresent(this::verification);
        return lines;
    }

    private void overall() {
        ImpactCounts all = found.counts(Cell.ALL);
        long open = found.outages().values().stream()
                .filter(outage -> outage.outage().open())
                .count();
        lines.addAll(new TextTable(2)
                .row("outages", found.outages().size(), Figures.count(open) + " of them open at the end")
                .row("known", all.postponed(), CountsText.known(all))
                .row("presumed", all.unconfirmed(), "not to have happened; nobody has said")
                .row("on paper", all.deliveredInDowntime(), "delivered in downtime")
                .row("at risk", all.atRisk(), "booked into an outage that is still open")
                .lines());
        if (summary.deadLetters() > 0) {
            lines.add(Figures.count(summary.deadLetters(), "record", "records")
                    + " could not be processed: see dead-letters");
        }
    }

    private void categories() {
        table("by category", Dimension.CATEGORY, value -> value);
    }

    private void sites() {
        Map<String, String> names =
                summary.plan().scenario().sites().stream().collect(Collectors.toMap(Site::code, Site::name));
        table("by site", Dimension.SITE, value -> value + " " + names.getOrDefault(value, ""));
    }

    private void table(String heading, Dimension dimension, Function<String, String> name) {
        TextTable table = new TextTable()
                .row(heading, "known", "postponed", "rebooked", "recovered", "abandoned", "presumed", "on paper");
        cells(dimension).forEach(cell -> {
            ImpactCounts counts = found.counts(cell);
            table.row(
                    "  " + shortened(name.apply(cell.value())),
                    counts.postponed(),
                    counts.awaitingDate(),
                    counts.rebooked(),
                    counts.recovered(),
                    counts.abandoned(),
                    counts.unconfirmed(),
                    counts.deliveredInDowntime());
        });
        add(table);
    }

    private List<Cell> cells(Dimension dimension) {
        return found.counts().values().stream()
                .filter(cell -> cell.cell().dimension() == dimension)
                .filter(cell -> !cell.counts().equals(ImpactCounts.ZERO))
                .map(cell -> cell.cell())
                .toList();
    }

    private void rootCauses() {
        Map<String, String> names = summary.plan().scenario().systems().stream()
                .collect(Collectors.toMap(
                        system -> system.id(), system -> system.system().name()));
        Map<String, Long> caused = found.outages().values().stream()
                .flatMap(outage -> outage.rootCauses().stream())
                .collect(Collectors.groupingBy(SummaryText::systemOf, Collectors.counting()));
        List<Cell> roots = cells(Dimension.SYSTEM).stream()
                .sorted(Comparator.comparingLong(
                                (Cell cell) -> found.counts(cell).postponed())
                        .reversed())
                .toList();
        TextTable table = new TextTable().row("by root cause", "outages", "known", "presumed", "on paper");
        roots.stream().limit(MOST_ROOT_CAUSES).forEach(cell -> {
            ImpactCounts counts = found.counts(cell);
            table.row(
                    "  " + shortened(names.getOrDefault(cell.value(), cell.value())),
                    caused.getOrDefault(cell.value(), 0L),
                    counts.postponed(),
                    counts.unconfirmed(),
                    counts.deliveredInDowntime());
        });
        add(table);
        if (roots.size() > MOST_ROOT_CAUSES) {
            lines.add("  and " + (roots.size() - MOST_ROOT_CAUSES) + " more");
        }
        if (!roots.isEmpty()) {
            lines.add("  One appointment may have several root causes.");
        }
    }

    /** An outageId is {@code systemId@startedAt}. */
    private static String systemOf(String outageId) {
        return outageId.substring(0, outageId.lastIndexOf('@'));
    }

    private void weeks() {
        if (summary.weeks().isEmpty()) {
            return;
        }
        TextTable table = new TextTable().row("week", "outpatient", "as published", "elective", "as published", "");
        long outpatient = 0;
        long elective = 0;
        long outpatientPublished = 0;
        long electivePublished = 0;
        for (WeekFigures week : summary.weeks()) {
            table.row(
                    "  " + week.published().from() + " to " + week.published().to(),
                    week.outpatient(),
                    week.published().outpatient(),
                    week.elective(),
                    week.published().elective(),
                    week.asPublished() ? "equal" : "DIFFERS");
            outpatient += week.outpatient();
            elective += week.elective();
            outpatientPublished += week.published().outpatient();
            electivePublished += week.published().elective();
        }
        table.row("  in all", outpatient, outpatientPublished, elective, electivePublished, "");
        add(table);
    }

    private void cost() {
        ReplaySummary.Timing timing = summary.timing();
        lines.add(Figures.count(summary.events()) + " events in " + Figures.span(timing.replay()) + ", "
                + Figures.count(Math.round(summary.eventsPerSecond())) + " a second; "
                + Figures.span(timing.total()) + " in all");
        if (!summary.peakBytes().isEmpty()) {
            String each = summary.peakBytes().entrySet().stream()
                    .map(peak -> peak.getKey() + " " + Figures.mebibytes(peak.getValue()))
                    .collect(Collectors.joining(", "));
            lines.add("at most " + Figures.mebibytes(summary.peakBytesInAll()) + " of memory (" + each + ")");
        }
    }

    private void verification(Verification verification) {
        if (verification.matches()) {
            lines.add("verified: " + Figures.count(verification.outages()) + " outages, "
                    + Figures.count(verification.impacts()) + " impacts, " + Figures.count(verification.cells())
                    + " cells equal the batch oracle");
            if (!summary.weeks().isEmpty()) {
                lines.add("verified: all " + summary.weeks().size() + " weeks equal the published figures");
            }
            return;
        }
        int differences = verification.differences().size();
        lines.add("NOT verified: " + Figures.count(differences, "difference", "differences"));
        verification.differences().stream().limit(MOST_DIFFERENCES).forEach(one -> lines.add("  " + one));
        if (differences > MOST_DIFFERENCES) {
            lines.add("  and " + Figures.count(differences - MOST_DIFFERENCES) + " more");
        }
    }

    private void add(TextTable table) {
        List<String> rows = table.lines();
        if (rows.size() > 1) {
            lines.add("");
            lines.addAll(rows);
        }
    }

    private static String shortened(String name) {
        int most = 30;
        return name.length() <= most ? name : name.substring(0, most - 3) + "...";
    }

    static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            if (line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
