package org.knockon.warroom.serve;

import java.io.IOException;
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
        WarRoomSettings.HealthAddress address = settings.health();
        if (address.port() < 0) {
            return null;
        }
        WarRoomMetrics metrics = new WarRoomMetrics(source, settings.exercise());
        try {
            return HealthServer.start(
                    address.bind(),
                    address.port(),
                    new HealthEndpoints(health::live, health::ready, metrics::scrape),
                    PlainEndpoints::thread);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "health.port " + address.port() + " on " + address.bind() + " cannot be served: " + e.getMessage()
                            + ". Choose another, 0 for any free one, or -1 for none",
                    e);
        }
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
