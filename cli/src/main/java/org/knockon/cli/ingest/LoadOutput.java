package org.knockon.cli.ingest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.knockon.cli.console.Figures;
import org.knockon.cli.console.Json;
import org.knockon.cli.console.LiveDisplay;
import org.knockon.cli.console.TextTable;
import org.knockon.feeds.message.Outcome;
import org.knockon.feeds.message.Refusal;
import org.knockon.feeds.run.LoadReport;

/**
 * Prints what became of an extract: counts, line numbers and names of columns, never a value.
 *
 * @param trial whether nothing is published
 */
record LoadOutput(Path extract, boolean trial) {

    /** Outcomes that a row can have. */
    private static final List<Outcome> OUTCOMES =
            List.of(Outcome.PUBLISHED, Outcome.DUPLICATE, Outcome.IGNORED, Outcome.REFUSED);

    void text(LoadReport report, Duration elapsed, PrintWriter out) {
        report.refused()
                .forEach(row -> out.println("line " + row.line() + ": refused, "
                        + row.refusal().reason().text() + at(row.refusal())));
        long more = count(report, Outcome.REFUSED) - report.refused().size();
        if (more > 0) {
            out.println("and " + Figures.count(more, "more line", "more lines") + " refused");
        }
        TextTable table = new TextTable();
        OUTCOMES.forEach(outcome -> table.row(outcome.text(), count(report, outcome)));
        report.counts().reasons().forEach((reason, count) -> table.row("  " + reason.text(), count));
        report.counts().flags().forEach((flag, count) -> table.row("flag " + flag.text(), count));
        table.lines().forEach(out::println);
        report.counts().unmapped().forEach(name -> out.println("no rule fits " + name));
        out.println((trial ? "tried " : "loaded ") + Figures.count(report.rows(), "row", "rows") + " of " + extract
                + " in " + Figures.span(elapsed) + (trial ? "; nothing was published" : ""));
        if (!report.complete()) {
            out.println("stopped before the end: run the same command again, and it loads the rest");
        }
        out.flush();
    }

    private static String at(Refusal refusal) {
        return refusal.where().isEmpty() ? "" : " at " + refusal.where();
    }

    void json(LoadReport report, Duration elapsed, PrintWriter out) {
        ObjectNode json = Json.object()
                .put("feed", report.counts().name())
                .put("file", extract.toString())
                .put("trial", trial)
                .put("complete", report.complete())
                .put("rows", report.rows())
                .put("milliseconds", elapsed.toMillis());
        ObjectNode outcomes = json.putObject("outcomes");
        OUTCOMES.forEach(outcome -> outcomes.put(outcome.text(), count(report, outcome)));
        ObjectNode reasons = json.putObject("reasons");
        report.counts().reasons().forEach((reason, count) -> reasons.put(reason.text(), count));
        ObjectNode flags = json.putObject("flags");
        report.counts().flags().forEach((flag, count) -> flags.put(flag.text(), count));
        ArrayNode unmapped = json.putArray("unmapped");
        report.counts().unmapped().forEach(unmapped::add);
        ArrayNode refused = json.putArray("refused");
        report.refused()
                .forEach(row -> refused.addObject()
                        .put("line", row.line())
                        .put("reason", row.refusal().reason().text())
                        .put("where", row.refusal().where()));
        out.println(Json.line(json));
        out.flush();
    }

    /** @param size of the extract in bytes; 0 if it is not known */
    LiveDisplay.Frame frame(LoadReport report, long size, Duration elapsed) {
        long rate = report.rows() * 1000 / Math.max(1, elapsed.toMillis());
        String line = (trial ? "trying: " : "loading: ")
                + (size > 0 ? Math.min(100, 100 * report.bytes() / size) + "%, " : "")
                + Figures.count(report.rows(), "row", "rows") + ", "
                + Figures.count(count(report, Outcome.REFUSED)) + " refused, " + Figures.count(rate) + " rows/s";
        return new LiveDisplay.Frame(List.of(line), line);
    }

    static long count(LoadReport report, Outcome outcome) {
        return report.counts().outcomes().getOrDefault(outcome, 0L);
    }
}
