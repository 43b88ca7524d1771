package org.knockon.feeds.monitor;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.knockon.impact.model.SystemStatus;

/**
 * What a monitor says of one system. Times are milliseconds since 1970.
 *
 * @param reports by a key that the maps choose
 * @param byLabel whether a label named the system, so that heartbeats speak for it without a rule
 * @param observedAt newest instant of which an observation was made; 0 for none
 * @param receivedAt receipt of the newest message about the system; 0 for none
 * @param detail of that message
 */
public record SystemReports(
        Map<String, Report> reports, boolean byLabel, long observedAt, long receivedAt, String detail) {

    static final SystemReports NONE = new SystemReports(Map.of(), false, 0, 0, null);

    public SystemReports {
        reports = Map.copyOf(reports);
    }

    /** The worst report that holds at an instant, apart from those of one object. */
    Optional<Report> worstAt(long instant, String exceptObject) {
        return active(instant)
                .filter(report -> !report.object().equals(exceptObject))
                .max(Comparator.comparing(Report::status)
                        // Of equals always the same one, whatever the order of the map.
                        .thenComparing(Report::object));
    }

    /** The worst status that the monitor gives the system at an instant; UP if no report holds. */
    SystemStatus statusAt(long instant) {
        return worstAt(instant, "").map(Report::status).orElse(SystemStatus.UP);
    }

    SystemReports with(String key, Report report) {
        Map<String, Report> changed = new LinkedHashMap<>(reports);
        changed.put(key, report);
        return withReports(changed);
    }

    SystemReports without(String key) {
        Map<String, Report> changed = new LinkedHashMap<>(reports);
        changed.remove(key);
        return withReports(changed);
    }

    SystemReports withReports(Map<String, Report> changed) {
        return new SystemReports(changed, byLabel, observedAt, receivedAt, detail);
    }

    SystemReports named() {
        return new SystemReports(reports, true, observedAt, receivedAt, detail);
    }

    SystemReports mentioned(long at, String newDetail) {
        return new SystemReports(reports, byLabel, observedAt, Math.max(at, receivedAt), newDetail);
    }

    SystemReports observed(long at) {
        return at <= observedAt ? this : new SystemReports(reports, byLabel, at, receivedAt, detail);
    }

    /** Without reports that ended before an instant. */
    SystemReports trimmed(long before) {
        if (reports.values().stream().allMatch(report -> report.until() > before)) {
            return this;
        }
        Map<String, Report> kept = new LinkedHashMap<>(reports);
        kept.values().removeIf(report -> report.until() <= before);
        return withReports(kept);
    }

    private Stream<Report> active(long instant) {
        return reports.values().stream().filter(report -> report.holdsAt(instant));
    }
}
