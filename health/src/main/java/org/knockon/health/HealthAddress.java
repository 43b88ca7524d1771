package org.knockon.health;

import java.io.IOException;
import java.util.Optional;

/**
 * Where a process serves its health and metrics in plain HTTP: the settings {@code health.bind} and {@code health.port}.
 *
 * @param port 0 for any free port, -1 for no endpoints
 */
public record HealthAddress(String bind, int port) {

    public static final HealthAddress NONE = new HealthAddress("127.0.0.1", -1);

    /**
     * Starts serving, if a port is given.
     *
     * @throws IllegalStateException if the address or the port cannot be used
     */
    public Optional<HealthServer> serve(HealthEndpoints endpoints) {
        if (port < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(HealthServer.start(bind, port, endpoints, HealthAddress::thread));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "health.port " + port + " on " + bind + " cannot be served: " + e.getMessage()
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
