package org.knockon.warroom.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knockon.warroom.board.OffsetRange;
import org.knockon.warroom.page.BreakdownRow;
import org.knockon.warroom.page.Csv;
import org.knockon.warroom.page.Figures;
import org.knockon.warroom.page.Vocabulary;
import org.knockon.warroom.report.IncidentReport.Cause;
import org.knockon.warroom.report.IncidentReport.Event;

/**
 * The report as CSV (RFC 4180): one number or text per line, with what it refers to. The first column of every line
 * says EXERCISE or LIVE, so that copied lines still do.
 */
public final class ReportCsv {

    private static final List<String> HEADER = List.of("kind", "section", "item", "measure", "value");

    private final String kind;
    private final StringBuilder csv = new StringBuilder(Csv.line(HEADER));

    private ReportCsv(String kind) {
        this.kind = kind;
    }

    /** To be encoded as UTF-8. */
    public static String of(IncidentReport report) {
        ReportCsv csv = new ReportCsv(report.exercise() == null ? "LIVE" : "EXERCISE");
        csv.line("report", report.title(), "asOf", report.asOf());
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
        report.provenance().read().forEach(csv::offsets);
        return csv.csv.toString();
    }

    private void rows(String section, List<BreakdownRow> rows) {
        rows.forEach(row -> figures(section, row.value(), row.figures()));
    }

    private void figures(String section, String item, Figures figures) {
        for (Vocabulary count : Vocabulary.values()) {
            line(section, item, count.field(), count.number(figures));
        }
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

    private void offsets(OffsetRange range) {
        String partition = range.topic() + "-" + range.partition();
        line("provenance", partition, "first", range.first());
        line("provenance", partition, "last", range.last());
    }

    private void line(String section, String item, String measure, Object value) {
        csv.append(Csv.line(Arrays.asList(kind, section, item, measure, value)));
    }
}
