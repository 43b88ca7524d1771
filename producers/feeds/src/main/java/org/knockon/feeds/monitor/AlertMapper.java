package org.knockon.feeds.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.knockon.feeds.json.JsonReader;
import org.knockon.feeds.message.FeedRequest;
import org.knockon.feeds.message.Flag;
import org.knockon.feeds.message.RefusalReason;
import org.knockon.feeds.message.RefusedMessageException;
import org.knockon.impact.model.SystemStatus;

/**
 * Maps the webhooks of Alertmanager and Grafana. Thread-safe; the messages of one feed have to be mapped one after the
 * other, each with the state after the one before.
 */
public final class AlertMapper {

    /** Most bytes of a body. */
    public static final int LARGEST_BODY = 5 * 1024 * 1024;

    private static final int LONGEST_TEXT = 1024 * 1024;
    private static final String VERSION = "4";
    private static final Set<String> ABOUT_QUERIES = Set.of("DatasourceNoData", "DatasourceError");

    private final AlertSender sender;
    private final MonitorSettings settings;
    private final JsonReader json = new JsonReader(LARGEST_BODY, LONGEST_TEXT);

    public AlertMapper(AlertSender sender, MonitorSettings settings) {
        this.sender = sender;
        this.settings = settings;
    }

    public MonitorResult map(FeedRequest request, MonitorState state, MonitorContext context) {
        try {
            JsonNode body = json.object(request.body());
            List<Alert> alerts = alerts(body);
            MonitorRun run = new MonitorRun(settings, state, context);
            if (body.path("truncatedAlerts").asLong() > 0) {
                run.flag(Flag.TRUNCATED);
            }
            List<Alert> beats = new ArrayList<>();
            for (Alert alert : alerts) {
                boolean beat = settings.heartbeat()
                        .filter(heartbeat -> heartbeat.fits(alert.labels()))
                        .isPresent();
                if (!beat) {
                    alert(alert, run);
                } else if (alert.firing()) {
                    beats.add(alert);
                }
            }
            // Last, because the beat stands for all that the monitor knows.
            beats.forEach(beat ->
                    run.beat(settings.heartbeat().orElseThrow(), beat.fingerprint(), DetailText.of(beat.name())));
            return run.result();
        } catch (RefusedMessageException e) {
            return MonitorRun.refused(e.refusal().reason(), e.refusal().where(), state);
        }
    }

    private List<Alert> alerts(JsonNode body) {
        if (sender == AlertSender.ALERTMANAGER && !body.path("version").asText().equals(VERSION)) {
            throw new RefusedMessageException(RefusalReason.WRONG_VERSION, "version");
        }
        if (!body.path("alerts").isArray()) {
            throw new RefusedMessageException(RefusalReason.UNREADABLE, "alerts");
        }
        List<Alert> alerts = new ArrayList<>();
        for (JsonNode alert : body.path("alerts")) {
            alerts.add(Alert.of(alert, "alerts[" + alerts.size() + "]"));
        }
        return alerts;
    }

    private void alert(Alert alert, MonitorRun run) {
        if (sender == AlertSender.GRAFANA && ABOUT_QUERIES.contains(alert.name())) {
            run.flag(Flag.NO_DATA);
            return;
        }
        Optional<String> systemId = run.system(alert.labels());
        if (systemId.isEmpty()) {
            run.unmapped(alert.shown());
            return;
        }
        Optional<SystemStatus> status = status(alert, run);
        if (status.isEmpty()) {
            return;
        }
        AlertReports reports = new AlertReports(settings, run, systemId.get(), alert, status.get());
        if (alert.firing()) {
            reports.firing();
        } else {
            reports.resolved();
        }
    }

    /** An alert without a severity, or with one that the table does not know, is taken seriously. */
    private Optional<SystemStatus> status(Alert alert, MonitorRun run) {
        String severity = alert.label("severity");
        if (severity.isBlank()) {
            return Optional.of(SystemStatus.DOWN);
        }
        return settings.severities().of(severity).orElseGet(() -> {
            run.flag(Flag.UNKNOWN_STATUS);
            return Optional.of(SystemStatus.DOWN);
        });
    }
}
