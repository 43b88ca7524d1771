package org.knockon.feeds.monitor;

import java.util.Optional;
import org.knockon.impact.model.SystemStatus;

/** Keeps the states of checked objects: each has one at a time, until the next check says otherwise. */
final class ObjectReports {

    private final MonitorRun run;

    ObjectReports(MonitorRun run) {
        this.run = run;
    }

    /** The newest state of an object. */
    Optional<Report> newest(String systemId, String object) {
        return Optional.ofNullable(run.reports(systemId).reports().get(object));
    }

    /**
     * Makes the observation of one check.
     *
     * @param at when the object was checked, in milliseconds since 1970
     * @param status what the check says, all considered
     * @param settled last hard state
     */
    void checked(String systemId, String object, long at, SystemStatus status, SystemStatus settled, String detail) {
        SystemReports reports = run.reports(systemId);
        Report known = reports.reports().get(object);
        if (known == null) {
            reports = reports.with(object, open(object, at, status, settled, detail));
        } else if (at >= known.last()) {
            if (known.status() == status) {
                reports = reports.with(
                        object,
                        open(object, known.from(), status, settled, detail).repeatedAt(at, Long.MAX_VALUE));
            } else {
                // The state before still counts for results of other objects that arrive late.
                reports = reports.with(object + "@" + known.from(), known.endedAt(at))
                        .with(object, open(object, at, status, settled, detail));
            }
        }
        run.put(systemId, reports);
        run.observe(systemId, at, object, status, detail);
    }

    private static Report open(String object, long at, SystemStatus status, SystemStatus settled, String detail) {
        return new Report(object, 0, status, at, Long.MAX_VALUE, false, at, settled, detail);
    }
}
