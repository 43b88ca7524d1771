package org.knockon.feeds.monitor;

import java.util.Map;
import java.util.OptionalLong;
import org.knockon.impact.model.SystemStatus;

/**
 * Keeps the alerts of one system. An alert is known by its fingerprint and its beginning; one fingerprint fires once at
 * a time.
 */
final class AlertReports {

    /** Ends the key of an alert that fires again after its end, with the same beginning. */
    private static final String AGAIN = "+";

    private final MonitorSettings settings;
    private final MonitorRun run;
    private final String systemId;
    private final Alert alert;
    private final SystemStatus status;
    private final String key;

    AlertReports(MonitorSettings settings, MonitorRun run, String systemId, Alert alert, SystemStatus status) {
        this.settings = settings;
        this.run = run;
        this.systemId = systemId;
        this.alert = alert;
        this.status = status;
        this.key = alert.fingerprint() + "@" + began();
    }

    void firing() {
        SystemReports reports = run.reports(systemId);
        Report known = reports.reports().get(key);
        if (firesAgain(reports) || (known != null && known.ended())) {
            firingAgain(reports);
        } else if (known == null) {
            add(from());
            run.observe(systemId, from(), alert.fingerprint(), detail());
        } else {
            run.put(systemId, reports.with(key, known.repeatedAt(now(), now() + settings.oldest())));
            run.observe(systemId, now(), alert.fingerprint(), detail());
        }
    }

    void resolved() {
        long end = end();
        SystemReports reports = run.reports(systemId);
        if (!reports.reports().containsKey(key) && !firesAgain(reports)) {
            long from = Math.min(from(), end);
            reports = reports.with(key, report(from, end).endedAt(end));
        }
        for (Map.Entry<String, Report> other : reports.reports().entrySet()) {
            Report report = other.getValue();
            if (report.object().equals(alert.fingerprint()) && report.began() <= began() && report.until() > end) {
                // What began to fire again after this end was a late copy of an old message.
                reports = report.from() >= end && !other.getKey().equals(key)
                        ? reports.without(other.getKey())
                        : reports.with(other.getKey(), report.endedAt(end));
            }
        }
        run.put(systemId, reports);
        run.observe(systemId, end, alert.fingerprint(), detail());
    }

    /**
     * After its end the same alert may fire again, or the other server of a pair may have sent late what it knew before.
     * So it counts only if no end follows for a while: heartbeats speak of the past anyway, a hold waits once.
     */
    private void firingAgain(SystemReports reports) {
        if (!firesAgain(reports)) {
            long from = now() + settings.refresh();
            run.put(systemId, reports.with(key + AGAIN, report(from, now() + settings.oldest())));
            return;
        }
        Report again = reports.reports().get(key + AGAIN);
        run.put(systemId, reports.with(key + AGAIN, again.repeatedAt(now(), now() + settings.oldest())));
        if (now() - again.from() >= settings.lag()) {
            run.observe(systemId, now(), alert.fingerprint(), detail());
        }
    }

    private boolean firesAgain(SystemReports reports) {
        Report again = reports.reports().get(key + AGAIN);
        return again != null && !again.ended();
    }

    private void add(long from) {
        SystemReports reports = run.reports(systemId);
        long until = now() + settings.oldest();
        for (Map.Entry<String, Report> other : reports.reports().entrySet()) {
            Report report = other.getValue();
            if (!report.object().equals(alert.fingerprint())) {
                continue;
            }
            if (report.began() < began()) {
                reports = reports.with(other.getKey(), report.endedAt(from));
            } else {
                until = Math.min(until, Math.max(from, report.from()));
            }
        }
        run.put(systemId, reports.with(key, report(from, until)));
    }

    private Report report(long from, long until) {
        return new Report(alert.fingerprint(), began(), status, from, until, false, now(), status, detail());
    }

    /** The alert's beginning, unless the sender's clock is ahead or the alert is too old to be taken at its word. */
    private long from() {
        OptionalLong starts = alert.startsAt();
        boolean usable =
                starts.isPresent() && starts.getAsLong() <= now() && starts.getAsLong() >= now() - settings.oldest();
        return usable ? starts.getAsLong() : now();
    }

    private long end() {
        OptionalLong ends = alert.endsAt();
        return ends.isPresent() && ends.getAsLong() <= now() ? ends.getAsLong() : now();
    }

    private long began() {
        return alert.startsAt().orElse(0);
    }

    private long now() {
        return run.receivedAt();
    }

    private String detail() {
        return DetailText.of(alert.name());
    }
}
