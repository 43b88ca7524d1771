package org.knockon.feeds.monitor;

import java.util.Optional;
import org.knockon.feeds.tables.IdTable;
import org.knockon.feeds.tables.WordTable;
import org.knockon.impact.model.SystemStatus;

/**
 * The tables of one feed of a monitor.
 *
 * @param monitor name in the records
 * @param severities of Alertmanager and Grafana; empty for those that say nothing of the system
 * @param heartbeat or {@code hold}: Alertmanager, Grafana and Uptime Kuma need one of them
 * @param oldest how long an alert counts that is not repeated, and how old the beginning of a new one may be, in
 *     milliseconds
 */
public record MonitorSettings(
        String name,
        String monitor,
        IdTable systems,
        WordTable<Optional<SystemStatus>> severities,
        Optional<Heartbeat> heartbeat,
        Optional<Hold> hold,
        long oldest) {

    /** How long an ended report is kept: it tells a late copy of an old message from a new alert. */
    private static final long KEPT = 10 * 60 * 1000L;

    long lag() {
        return heartbeat.map(Heartbeat::lag).orElse(0L);
    }

    long refresh() {
        return hold.map(Hold::refresh).orElse(0L);
    }

    long kept() {
        return Math.max(lag(), refresh()) + KEPT;
    }
}
