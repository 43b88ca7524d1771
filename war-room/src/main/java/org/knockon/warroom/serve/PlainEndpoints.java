package org.knockon.warroom.serve;

import org.knockon.health.HealthEndpoints;
import org.knockon.health.HealthServer;
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.feed.BoardSource;
import org.knockon.warroom.metrics.WarRoomMetrics;

/**
 * Health and metrics in plain HTTP on a port of their own, for probes and Prometheus: the page itself may speak TLS only
 * and need a login.
 */
final class PlainEndpoints {

    private PlainEndpoints() {}

    /**
     * Returns null if the settings ask for none.
     *
     * @throws IllegalStateException if the address or the port cannot be used
     */
    static HealthServer start(WarRoomSettings settings, BoardSource source, WarRoomHealth health) {
        WarRoomMetrics metrics = new WarRoomMetrics(source, settings.exercise());
        return settings.health()
                .serve(new HealthEndpoints(health::live, health::ready, metrics::scrape))
                .orElse(null);
    }
}
