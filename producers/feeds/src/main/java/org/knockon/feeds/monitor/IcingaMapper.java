package org.knockon.feeds.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.knockon.feeds.json.JsonPaths;
import org.knockon.feeds.json.JsonReader;
import org.knockon.feeds.message.Flag;
import org.knockon.feeds.message.Refusal;
import org.knockon.feeds.message.RefusalReason;
import org.knockon.feeds.message.RefusedMessageException;
import org.knockon.impact.model.SystemStatus;

/**
 * Maps check results of Icinga 2, as lines of its event stream and as its lists of objects. Thread-safe; the messages of
 * one feed have to be mapped one after the other.
 */
public final class IcingaMapper {

    /** Which list of objects. */
    public enum ObjectKind {
        HOSTS,
        SERVICES
    }

    /** Most bytes of a list of objects. */
    public static final int LARGEST_LIST = 64 * 1024 * 1024;

    /** Most bytes of one line. */
    public static final int LARGEST_LINE = 1024 * 1024;

    private static final Pattern SHOWN = Pattern.compile("[A-Za-z0-9_:.!-]{1,120}");

    private final MonitorSettings settings;
    private final JsonReader lines = new JsonReader(LARGEST_LINE, LARGEST_LINE);
    private final JsonReader lists = new JsonReader(LARGEST_LIST, LARGEST_LINE);

    public IcingaMapper(MonitorSettings settings) {
        this.settings = settings;
    }

    /**
     * Maps the lines of a body or of a piece of the stream. Lines that are no JSON are refused alone; the whole is
     * refused if no line can be read.
     */
    public MonitorResult lines(byte[] body, MonitorState state, MonitorContext context) {
        MonitorRun run = new MonitorRun(settings, state, context);
        int good = 0;
        Optional<Refusal> bad = Optional.empty();
        int number = 0;
        for (int from = 0; from < body.length; ) {
            int to = from;
            while (to < body.length && body[to] != '\n') {
                to++;
            }
            number++;
            if (!new String(body, from, to - from, StandardCharsets.ISO_8859_1).isBlank()) {
                try {
                    line(lines.read(body, from, to - from, "line[" + number + "]"), "line[" + number + "]", run);
                    good++;
                } catch (RefusedMessageException e) {
                    bad = bad.or(() -> Optional.of(e.refusal()));
                    run.refusePart(e.refusal());
                }
            }
            from = to + 1;
        }
        if (good == 0 && bad.isPresent()) {
            return MonitorRun.refused(bad.get().reason(), bad.get().where(), state);
        }
        return run.result();
    }

    /** Maps a whole list of objects. What the list lacks is gone. */
    public MonitorResult objects(ObjectKind kind, byte[] body, MonitorState state, MonitorContext context) {
        try {
            JsonNode results = lists.object(body).path("results");
            if (!results.isArray()) {
                throw new RefusedMessageException(RefusalReason.UNREADABLE, "results");
            }
            boolean services = kind == ObjectKind.SERVICES;
            MonitorRun run = new MonitorRun(settings, state, context);
            Set<String> listed = new HashSet<>();
            for (JsonNode entry : results) {
                JsonPaths.text(entry, "name").ifPresent(listed::add);
                IcingaCheck.object(entry, services).ifPresent(check -> checked(check, run));
            }
            forget(listed, services, state, run);
            return run.result();
        } catch (RefusedMessageException e) {
            return MonitorRun.refused(e.refusal().reason(), e.refusal().where(), state);
        }
    }

    private void line(JsonNode event, String path, MonitorRun run) {
        Optional<String> type = JsonPaths.text(event, "type");
        if (type.isEmpty()) {
            throw new RefusedMessageException(RefusalReason.UNREADABLE, path + ".type");
        }
        if (!type.get().equals("CheckResult")) {
            return;
        }
        IcingaCheck check = IcingaCheck.event(event)
                .orElseThrow(() -> new RefusedMessageException(RefusalReason.UNREADABLE, path + ".check_result"));
        checked(check, run);
    }

    private void checked(IcingaCheck check, MonitorRun run) {
        Optional<String> systemId = run.system(check.attributes());
        if (systemId.isEmpty()) {
            run.unmapped(SHOWN.matcher(check.name()).matches() ? check.name() : "-");
            return;
        }
        ObjectReports reports = new ObjectReports(run);
        SystemStatus settledBefore = check.lastHard()
                .map(check::status)
                .or(() -> reports.newest(systemId.get(), check.name()).map(Report::settled))
                .orElse(SystemStatus.UP);
        boolean ok = check.state() == 0;
        if (!ok && !check.downtime() && !check.reachable()) {
            // Its parent failed: nothing is known of the object itself.
            run.flag(Flag.UNREACHABLE);
            return;
        }
        SystemStatus settled = ok || check.hard() ? check.status(check.state()) : settledBefore;
        SystemStatus status = !ok && check.downtime() ? SystemStatus.MAINTENANCE : settled;
        long at = check.at() == 0 ? run.receivedAt() : Math.min(check.at(), run.receivedAt());
        reports.checked(systemId.get(), check.name(), at, status, settled, DetailText.of(check.detail()));
    }

    private static void forget(Set<String> listed, boolean services, MonitorState state, MonitorRun run) {
        for (String systemId : state.systems().keySet()) {
            SystemReports reports = run.reports(systemId);
            Map<String, Report> kept = new HashMap<>(reports.reports());
            kept.values().removeIf(report -> {
                boolean service = report.object().contains("!");
                return service == services && !listed.contains(report.object());
            });
            if (kept.size() < reports.reports().size()) {
                run.put(systemId, reports.withReports(kept));
            }
        }
    }
}
