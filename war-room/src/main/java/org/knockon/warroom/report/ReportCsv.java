package org.knockon.warroom.report;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knockon.warroom.board.OffsetRange;
import org.knockon.warroom.page.Isolated;
import org.knockon.warroom.report.IncidentReport.Cause;
import org.knockon.warroom.report.IncidentReport.Event;
import org.knockon.warroom.report.IncidentReport.Figures;
import org.knockon.warroom.report.IncidentReport.Row;

/**
 * The report as CSV (RFC 4180): one number or text a line, with what it is of. The first column says EXERCISE or LIVE on each line, so
 * that lines that are copied elsewhere still say so.
 */
public final class ReportCsv {

    private static final List<String> HEADER = List.of("kind", "section", "item", "measure", "value");
    private static final ObjectWriter WRITER = CsvMapper.builder()
            // Always quoted or never, whatever a text's length.
            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
            .build()
            .writerFor(String[].class)
            .with(CsvSchema.emptySchema().withLineSeparator("\r\n"));

    private final String kind;
    private final List<String[]> lines = new ArrayList<>();

    private ReportCsv(String kind) {
        this.kind = kind;
    }

    /** UTF-8 when written. */
    public static String of(IncidentReport report) {
        ReportCsv csv = new ReportCsv(report.exercise() == null ? "LIVE" : "EXERCISE");
        csv.lines.add(HEADER.toArray(String[]::new));
        csv.line("report", report.title(), "standsAt", report.standsAt());
        csv.line("report", report.title(), "exercise", report.exercise());
        csv.line("report", report.title(), "build", report.provenance().build());
        csv.figures("all", "", report.summary().figures());
        csv.rows("category", report.byCategory());
        csv.rows("specialty", report.bySpecialty());
        csv.rows("day/category", report.byDay());
        report.causes().forEach(csv::cause);
        Map<String, Figures> systems = new LinkedHashMap<>();
        report.causes().forEach(cause -> systems.put(cause.systemId(), cause.figures()));
        systems.forEach((systemId, figures) -> csv.figures("system", systemId, figures));
        report.timeline().forEach(csv::event);
        csv.line("recovery", "", "outlook", report.recovery().outlook());
        csv.line("recovery", "", "averageDelayMinutes", report.recovery().averageDelayMinutes());
        csv.line("quality", "", "countedUntil", report.quality().countedUntil());
        csv.line("quality", "", "observedUntil", report.quality().observedUntil());
        csv.line("quality", "", "unreadable", report.quality().unreadable());
        report.quality().problems().forEach(problem -> csv.line("quality", "", "problem", problem));
        report.provenance().read().forEach(csv::span);
        return csv.text();
    }

    private void rows(String section, List<Row> rows) {
        rows.forEach(row -> figures(section, row.value(), row.figures()));
    }

    private void figures(String section, String item, Figures figures) {
        line(section, item, "postponed", figures.postponed());
        line(section, item, "unconfirmed", figures.unconfirmed());
        line(section, item, "onPaper", figures.onPaper());
        line(section, item, "atRisk", figures.atRisk());
        line(section, item, "awaitingDate", figures.awaitingDate());
        line(section, item, "rebooked", figures.rebooked());
        line(section, item, "recovered", figures.recovered());
        line(section, item, "abandoned", figures.abandoned());
        line(section, item, "delayMinutes", figures.delayMinutes());
    }

    private void cause(Cause cause) {
        line("cause", cause.outageId(), "systemId", cause.systemId());
        line("cause", cause.outageId(), "system", cause.system());
        line("cause", cause.outageId(), "startedAt", cause.startedAt());
        line("cause", cause.outageId(), "endedAt", cause.endedAt());
        line("cause", cause.outageId(), "allBackAt", cause.allBackAt());
        line("cause", cause.outageId(), "planned", cause.planned());
        line("cause", cause.outageId(), "evidence", cause.evidence());
        cause.follows().forEach(system -> line("cause", cause.outageId(), "follows", system));
        line("cause", cause.outageId(), "services", cause.services());
    }

    private void event(Event event) {
        line("timeline", event.outageId(), event.what().name(), event.at());
    }

    private void span(OffsetRange span) {
        String partition = span.topic() + "-" + span.partition();
        line("provenance", partition, "first", span.first());
        line("provenance", partition, "last", span.last());
    }

    /** One line of texts, its end included; safe to be opened by a spreadsheet. */
    public static String line(List<String> texts) {
        try {
            return WRITER.writeValueAsString(
                    texts.stream().map(ReportCsv::harmless).toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void line(String section, String item, String measure, Object value) {
        String text = value == null ? "" : value instanceof String said ? harmless(said) : value.toString();
        lines.add(new String[] {kind, section, harmless(item), measure, text});
    }

    /** A spreadsheet would run a text that begins so as a formula, and some characters would turn what stands in other cells. */
    private static String harmless(String given) {
        String text = Isolated.cleaned(Isolated.plain(given));
        return text.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + text : text;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        try {
            for (String[] line : lines) {
                text.append(WRITER.writeValueAsString(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
