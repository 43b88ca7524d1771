package org.knockon.feeds.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.knockon.impact.model.SystemStatus;

/**
 * The reports of one system as JSON, for the compacted topic on which they survive a restart. Members may be added; a
 * reader ignores those that it does not know.
 */
public final class MonitorStateJson {

    private MonitorStateJson() {}

    public static ObjectNode toJson(SystemReports reports) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("byLabel", reports.byLabel())
                .put("observedAt", reports.observedAt())
                .put("receivedAt", reports.receivedAt())
                .put("detail", reports.detail());
        ObjectNode entries = json.putObject("reports");
        new TreeMap<>(reports.reports()).forEach((key, report) -> entries.set(key, toJson(report)));
        return json;
    }

    /** @throws IllegalArgumentException if a report has no status that is known here */
    public static SystemReports fromJson(JsonNode json) {
        Map<String, Report> reports = new HashMap<>();
        json.path("reports").properties().forEach(entry -> reports.put(entry.getKey(), report(entry.getValue())));
        return new SystemReports(
                reports,
                json.path("byLabel").asBoolean(),
                json.path("observedAt").asLong(),
                json.path("receivedAt").asLong(),
                json.path("detail").textValue());
    }

    private static ObjectNode toJson(Report report) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("object", report.object())
                .put("began", report.began())
                .put("status", report.status().name())
                .put("from", report.from())
                .put("until", report.until())
                .put("ended", report.ended())
                .put("last", report.last())
                .put("settled", report.settled().name())
                .put("detail", report.detail());
    }

    private static Report report(JsonNode json) {
        return new Report(
                json.path("object").asText(),
                json.path("began").asLong(),
                SystemStatus.valueOf(json.path("status").asText()),
                json.path("from").asLong(),
                json.path("until").asLong(),
                json.path("ended").asBoolean(),
                json.path("last").asLong(),
                SystemStatus.valueOf(json.path("settled").asText()),
                json.path("detail").textValue());
    }
}
