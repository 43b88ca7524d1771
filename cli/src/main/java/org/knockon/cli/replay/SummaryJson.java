package org.knockon.cli.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import org.knockon.cli.console.Json;
import org.knockon.cli.counts.CountsJson;
import org.knockon.cli.counts.PublishedResults;
import org.knockon.cli.settings.Settings;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.ImpactCounts;

/** The summary for programs: one JSON object. */
final class SummaryJson {

    private SummaryJson() {}

    static ObjectNode of(ReplaySummary summary, Settings settings) {
        ReplayContent content = summary.plan().content();
        PublishedResults results = summary.published();
        ObjectNode json = Json.object()
                .put("scenario", content.name())
                .put("title", content.title())
                .put("synthetic", content.notice())
                .put("run", summary.plan().run())
                .put("topicPrefix", summary.plan().topicPrefix())
                .put("bootstrapServers", settings.bootstrapServers())
                .put("schemaRegistryUrl", settings.shownRegistry())
                .put("events", summary.events())
                .put("deadLetters", summary.deadLetters())
                .put("readySeconds", seconds(summary.timing().ready()))
                .put("replaySeconds", seconds(summary.timing().replay()))
                .put("seconds", seconds(summary.timing().total()))
                .put("eventsPerSecond", Math.round(summary.eventsPerSecond()));
        ObjectNode peaks = json.putObject("peakBytes");
        summary.peakBytes().forEach(peaks::put);
        if (results.asOf() != Long.MIN_VALUE) {
            json.put("asOf", Instant.ofEpochMilli(results.asOf()).toString());
        }
        json.putObject("outages")
                .put("total", results.outages().size())
                .put(
                        "open",
                        results.outages().values().stream()
                                .filter(outage -> outage.outage().open())
                                .count());
        json.set("counts", CountsJson.of(results.counts(Cell.ALL)));
        json.set("byCategory", cells(results, Dimension.CATEGORY));
        json.set("bySite", cells(results, Dimension.SITE));
        json.set("byRootCause", cells(results, Dimension.SYSTEM));
        weeks(summary, json);
        summary.verification().ifPresent(verification -> json.set("verification", verification.json()));
        return json;
    }

    private static void weeks(ReplaySummary summary, ObjectNode json) {
        if (summary.weeks().isEmpty()) {
            return;
        }
        ArrayNode weeks = json.putArray("weeks");
        summary.weeks()
                .forEach(week -> weeks.addObject()
                        .put("from", week.published().from().toString())
                        .put("to", week.published().to().toString())
                        .put("outpatient", week.outpatient())
                        .put("outpatientPublished", week.published().outpatient())
                        .put("elective", week.elective())
                        .put("electivePublished", week.published().elective()));
    }

    private static ObjectNode cells(PublishedResults results, Dimension dimension) {
        ObjectNode cells = Json.object();
        results.counts().values().stream()
                .filter(cell -> cell.cell().dimension() == dimension)
                .filter(cell -> !cell.counts().equals(ImpactCounts.ZERO))
                .forEach(cell -> cells.set(cell.cell().value(), CountsJson.of(cell.counts())));
        return cells;
    }

    private static double seconds(Duration span) {
        return span.toMillis() / 1e3;
    }
}
