package org.knockon.feeds.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.knockon.feeds.json.JsonPaths;
import org.knockon.feeds.json.JsonReader;
import org.knockon.feeds.message.FeedRequest;
import org.knockon.feeds.message.Flag;
import org.knockon.feeds.message.RefusalReason;
import org.knockon.feeds.message.RefusedMessageException;
import org.knockon.impact.model.SystemStatus;
import org.knockon.schemas.limits.EventTimes;

/**
 * Maps the webhooks of Uptime Kuma, which come only when a state changes. Thread-safe; the messages of one feed have to
 * be mapped one after the other.
 */
public final class KumaMapper {

    private static final int LONGEST_TEXT = 1024 * 1024;
    private static final Pattern SHOWN = Pattern.compile("[A-Za-z0-9_:.-]{1,60}");

    private final MonitorSettings settings;
    private final JsonReader json = new JsonReader(AlertMapper.LARGEST_BODY, LONGEST_TEXT);

    public KumaMapper(MonitorSettings settings) {
        this.settings = settings;
    }

    public MonitorResult map(FeedRequest request, MonitorState state, MonitorContext context) {
        try {
            JsonNode body = json.object(request.body());
            MonitorRun run = new MonitorRun(settings, state, context);
            JsonNode heartbeat = body.path("heartbeat");
            JsonNode monitor = body.path("monitor");
            // The test button sends neither, a notice about a certificate no heartbeat.
            if (heartbeat.isObject() && monitor.isObject()) {
                heartbeat(heartbeat, monitor, run);
            }
            return run.result();
        } catch (RefusedMessageException e) {
            return MonitorRun.refused(e.refusal().reason(), e.refusal().where(), state);
        }
    }

    private void heartbeat(JsonNode heartbeat, JsonNode monitor, MonitorRun run) {
        Optional<SystemStatus> status = status(heartbeat, run);
        if (status.isEmpty()) {
            return;
        }
        String name = JsonPaths.text(monitor, "name").orElse("");
        String id = text(heartbeat.has("monitorID") ? heartbeat.path("monitorID") : monitor.path("id"))
                .or(() -> text(monitor.path("id")))
                .orElse(name);
        Optional<String> systemId = run.system(attributes(monitor, id, name));
        if (systemId.isEmpty()) {
            run.unmapped(SHOWN.matcher(name).matches() ? name : "-");
            return;
        }
        long at = time(heartbeat, run);
        String detail = DetailText.of(name);
        new ObjectReports(run).checked(systemId.get(), id, at, status.get(), status.get(), detail);
        run.observeAgain(systemId.get(), at, id, detail);
    }

    /** Empty for a state that says nothing: the check will be repeated. */
    private static Optional<SystemStatus> status(JsonNode heartbeat, MonitorRun run) {
        JsonNode status = heartbeat.path("status");
        if (!status.isIntegralNumber()) {
            throw new RefusedMessageException(RefusalReason.BAD_STATUS, "heartbeat.status");
        }
        return switch (status.asInt()) {
            case 0 -> Optional.of(SystemStatus.DOWN);
            case 1 -> Optional.of(SystemStatus.UP);
            case 2 -> Optional.empty();
            case 3 -> Optional.of(SystemStatus.MAINTENANCE);
            default -> {
                run.flag(Flag.UNKNOWN_STATUS);
                yield Optional.empty();
            }
        };
    }

    /** The field {@code time} is UTC, whatever zone the other fields of the heartbeat name. */
    private static long time(JsonNode heartbeat, MonitorRun run) {
        OptionalLong time = utc(heartbeat.path("time").asText());
        if (time.isEmpty()) {
            run.flag(Flag.BAD_TIME);
            return run.receivedAt();
        }
        return Math.min(time.getAsLong(), run.receivedAt());
    }

    private static OptionalLong utc(String text) {
        try {
            String plain = text.replace(' ', 'T').replaceFirst("Z$", "");
            long time = LocalDateTime.parse(plain).toInstant(ZoneOffset.UTC).toEpochMilli();
            return time < EventTimes.EARLIEST ? OptionalLong.empty() : OptionalLong.of(time);
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    private static Map<String, List<String>> attributes(JsonNode monitor, String id, String name) {
        Map<String, List<String>> attributes = new HashMap<>();
        attributes.put("monitor", List.of(name));
        attributes.put("id", List.of(id));
        attributes.put("type", JsonPaths.text(monitor, "type").stream().toList());
        List<String> tags = new ArrayList<>();
        for (JsonNode tag : JsonPaths.entries(monitor, "tags")) {
            JsonPaths.text(tag, "name").ifPresent(tags::add);
            JsonPaths.text(tag, "value").ifPresent(tags::add);
        }
        attributes.put("tag", tags);
        return attributes;
    }

    private static Optional<String> text(JsonNode value) {
        return value.isValueNode() && !value.isNull() && !value.asText().isBlank()
                ? Optional.of(value.asText())
                : Optional.empty();
    }
}
