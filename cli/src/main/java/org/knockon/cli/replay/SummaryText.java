package org.knockon.cli.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.knockon.cli.console.Figures;
import org.knockon.cli.console.TextTable;
import org.knockon.cli.counts.CountTerm;
import org.knockon.cli.counts.CountsText;
import org.knockon.cli.counts.PublishedResults;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.OutageId;

/** The summary as text. */
final class SummaryText {

    /** The columns of the tables by category and site. */
    private static final List<CountTerm> COLUMNS = List.of(
            CountTerm.POSTPONED,
            CountTerm.AWAITING_DATE,
            CountTerm.REBOOKED,
            CountTerm.RECOVERED,
            CountTerm.ABANDONED,
            CountTerm.UNCONFIRMED,
            CountTerm.DELIVERED_IN_DOWNTIME);

    private static final int WIDTH = 79;
    private static final int MAX_ROOT_CAUSES = 8;

    private final ReplaySummary summary;
    private final PublishedResults results;
    private final List<String> lines = new ArrayList<>();

    SummaryText(ReplaySummary summary) {
        this.summary = summary;
        this.results = summary.published();
    }

    List<String> lines() {
        lines.add("");
        lines.add(summary.plan().content().title());
        lines.addAll(wrapped(summary.plan().content().notice()));
        if (summary.plan().content().hasSources()) {
            lines.add(
                    "Sources: knockon scenario show " + summary.plan().content().name());
        }
        lines.add("");
        overall();
        categories();
        sites();
        rootCauses();
        weeks();
        lines.add("");
        cost();
        summary.verification()
                .ifPresent(verification ->
                        lines.addAll(verification.lines(summary.weeks().size())));
        return lines;
    }

    private void overall() {
        ImpactCounts all = results.counts(Cell.ALL);
        long open = results.outages().values().stream()
                .filter(outage -> outage.outage().open())
                .count();
        lines.addAll(
                CountsText.table("outages", results.outages().size(), Figures.count(open) + " open at the end", all)
                        .lines());
        if (summary.deadLetters() > 0) {
            lines.add(Figures.count(summary.deadLetters(), "record", "records")
                    + " could not be processed: see the topic dead-letters");
        }
    }

    private void categories() {
        table("by category", Dimension.CATEGORY, value -> value);
    }

    private void sites() {
        Map<String, String> names = summary.plan().content().sites();
        table("by site", Dimension.SITE, value -> value + " " + names.getOrDefault(value, ""));
    }

    private void table(String heading, Dimension dimension, Function<String, String> name) {
        TextTable table = new TextTable();
        row(table, heading, COLUMNS.stream().map(CountTerm::word));
        cells(dimension).forEach(cell -> {
            ImpactCounts counts = results.counts(cell);
            row(
                    table,
                    "  " + shortened(name.apply(cell.value())),
                    COLUMNS.stream().map(term -> term.of(counts)));
        });
        add(table);
    }

    private static void row(TextTable table, String heading, Stream<?> cells) {
        table.row(Stream.concat(Stream.of(heading), cells).toArray());
    }

    private List<Cell> cells(Dimension dimension) {
        return results.counts().values().stream()
                .filter(cell -> cell.cell().dimension() == dimension)
                .filter(cell -> !cell.counts().equals(ImpactCounts.ZERO))
                .map(cell -> cell.cell())
                .toList();
    }

    private void rootCauses() {
        Map<String, String> names = summary.plan().content().systems();
        Map<String, Long> caused = results.outages().values().stream()
                .flatMap(outage -> outage.rootCauses().stream())
                .collect(Collectors.groupingBy(OutageId::systemIdOf, Collectors.counting()));
        List<Cell> roots = cells(Dimension.SYSTEM).stream()
                .sorted(Comparator.comparingLong(
                                (Cell cell) -> results.counts(cell).postponed())
                        .reversed())
                .toList();
        TextTable table = new TextTable()
                .row(
                        "by root cause",
                        "outages",
                        CountTerm.POSTPONED.word(),
                        CountTerm.UNCONFIRMED.word(),
                        CountTerm.DELIVERED_IN_DOWNTIME.word());
        roots.stream().limit(MAX_ROOT_CAUSES).forEach(cell -> {
            ImpactCounts counts = results.counts(cell);
            table.row(
                    "  " + shortened(names.getOrDefault(cell.value(), cell.value())),
                    caused.getOrDefault(cell.value(), 0L),
                    counts.postponed(),
                    counts.unconfirmed(),
                    counts.deliveredInDowntime());
        });
        add(table);
        if (roots.size() > MAX_ROOT_CAUSES) {
            lines.add("  and " + (roots.size() - MAX_ROOT_CAUSES) + " more");
        }
        if (!roots.isEmpty()) {
            lines.add("  An appointment may have several root causes.");
        }
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
                    week.matches() ? "equal" : "DIFFERS");
            outpatient += week.outpatient();
            elective += week.elective();
            outpatientPublished += week.published().outpatient();
            electivePublished += week.published().elective();
        }
        table.row("  total", outpatient, outpatientPublished, elective, electivePublished, "");
        add(table);
    }

    private void cost() {
        ReplaySummary.Timing timing = summary.timing();
        lines.add(Figures.count(summary.events()) + " events in " + Figures.span(timing.replay()) + ", "
                + Figures.count(Math.round(summary.eventsPerSecond())) + " per second; "
                + Figures.span(timing.total()) + " in total");
        if (!summary.peakBytes().isEmpty()) {
            String each = summary.peakBytes().entrySet().stream()
                    .map(peak -> peak.getKey() + " " + Figures.mebibytes(peak.getValue()))
                    .collect(Collectors.joining(", "));
            lines.add("peak memory " + Figures.mebibytes(summary.totalPeakBytes()) + " (" + each + ")");
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
