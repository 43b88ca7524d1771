package org.knockon.feeds.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knockon.feeds.message.FeedRequest;
import org.knockon.feeds.tables.IdRule;
import org.knockon.feeds.tables.IdTable;
import org.knockon.feeds.tables.TextPattern;
import org.knockon.feeds.tables.WordTable;
import org.knockon.impact.model.SystemStatus;

/** The feeds that the fixtures are sent to. */
final class MonitorFeeds {

    static final long DAY = 24 * 60 * 60 * 1000L;
    private static final long MINUTE = 60_000;

    private MonitorFeeds() {}

    static MonitorSettings settings(String name) {
        return switch (name) {
            case "am", "grafana" ->
                settings(
                        name,
                        new IdTable(
                                List.of(rule("pas", "job", "pas"), rule("pacs", "job", "pacs*", "env", "prod")),
                                List.of("system")),
                        Optional.of(
                                new Heartbeat(Map.of("alertname", TextPattern.parse("Watchdog")), MINUTE, List.of())),
                        Optional.empty());
            case "covering" ->
                settings(
                        name,
                        new IdTable(List.of(rule("pas", "job", "pas")), List.of()),
                        Optional.of(new Heartbeat(
                                Map.of("alertname", TextPattern.parse("Watchdog")), MINUTE, List.of("portal"))),
                        Optional.empty());
            case "kuma" ->
                settings(
                        name,
                        new IdTable(
                                List.of(
                                        rule("portal", "monitor", "Portal web"),
                                        rule("portal", "tag", "portal"),
                                        rule("pacs", "type", "port", "id", "9")),
                                List.of()),
                        Optional.empty(),
                        Optional.of(new Hold(DAY / 2, MINUTE)));
            case "icinga" ->
                settings(
                        name,
                        new IdTable(
                                List.of(
                                        rule("pas", "host", "pas-db"),
                                        rule("pacs", "host", "pacs*", "service", "dicom*")),
                                List.of()),
                        Optional.empty(),
                        Optional.empty());
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Maps one message, of the fixture itself or of those before. */
    static MonitorResult map(String feed, JsonNode how, byte[] body, MonitorState state, MonitorContext context) {
        MonitorSettings settings = settings(feed);
        if (how.path("repeat").asBoolean()) {
            return new HoldMapper(settings).repeat(state, context);
        }
        FeedRequest request = new FeedRequest(how.path("method").asText("POST"), "", Map.of(), body);
        return switch (feed) {
            case "am", "covering" -> new AlertMapper(AlertSender.ALERTMANAGER, settings).map(request, state, context);
            case "grafana" -> new AlertMapper(AlertSender.GRAFANA, settings).map(request, state, context);
            case "kuma" -> new KumaMapper(settings).map(request, state, context);
            default ->
                how.has("objects")
                        ? new IcingaMapper(settings)
                                .objects(
                                        IcingaMapper.ObjectKind.valueOf(
                                                how.path("objects").asText()),
                                        body,
                                        state,
                                        context)
                        : new IcingaMapper(settings).lines(body, state, context);
        };
    }

    /** A message of those before, as bytes: a list is one line for each entry. */
    static byte[] bytes(JsonNode body) {
        if (!body.isArray()) {
            return body.toString().getBytes(StandardCharsets.UTF_8);
        }
        List<String> lines = new ArrayList<>();
        body.forEach(line -> lines.add(line.toString()));
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    private static MonitorSettings settings(
            String name, IdTable systems, Optional<Heartbeat> heartbeat, Optional<Hold> hold) {
        return new MonitorSettings(name, name, systems, severities(), heartbeat, hold, 7 * DAY);
    }

    static WordTable<Optional<SystemStatus>> severities() {
        List<Map.Entry<TextPattern, Optional<SystemStatus>>> table = new ArrayList<>();
        List.of("critical", "error", "page", "high")
                .forEach(word -> table.add(Map.entry(TextPattern.parse(word), Optional.of(SystemStatus.DOWN))));
        table.add(Map.entry(TextPattern.parse("warning"), Optional.of(SystemStatus.DEGRADED)));
        List.of("info", "none").forEach(word -> table.add(Map.entry(TextPattern.parse(word), Optional.empty())));
        return new WordTable<>(table);
    }

    private static IdRule rule(String id, String... match) {
        return match.length == 2
                ? new IdRule(Map.of(match[0], TextPattern.parse(match[1])), id)
                : new IdRule(Map.of(match[0], TextPattern.parse(match[1]), match[2], TextPattern.parse(match[3])), id);
    }
}
