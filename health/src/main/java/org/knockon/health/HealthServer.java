package org.knockon.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/** Serves {@link HealthEndpoints} in plain HTTP: probes and Prometheus have neither a login nor a trust store. */
public final class HealthServer implements AutoCloseable {

    private static final int MOST_CONCURRENT = 16;
    private static final String LONGEST_SECONDS = "10";

    static {
        // A client that never completes its request, or never reads the response, must not hold a thread for long.
        for (String limit : List.of("sun.net.httpserver.maxReqTime", "sun.net.httpserver.maxRspTime")) {
            System.setProperty(limit, System.getProperty(limit, LONGEST_SECONDS));
        }
    }

    private final HttpServer server;
    private final ExecutorService threads;

    private HealthServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts serving.
     *
     * @param port 0 for any free port
     * @param thread makes a thread, not started, from a name and its work
     * @throws IOException if the address or the port cannot be used
     */
    public static HealthServer start(
            String bind, int port, HealthEndpoints endpoints, BiFunction<String, Runnable, Thread> thread)
            throws IOException {
        InetSocketAddress address = new InetSocketAddress(bind, port);
        if (address.isUnresolved()) {
            throw new IOException("unknown host");
        }
        HttpServer server = HttpServer.create(address, 0);
        AtomicInteger number = new AtomicInteger();
        // One thread per request: a failed thread does not affect the next request.
        ExecutorService threads = new ThreadPoolExecutor(
                0,
                MOST_CONCURRENT,
                0,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> thread.apply("knockon-health-" + number.incrementAndGet(), work));
        server.setExecutor(threads);
        server.createContext(
                "/health/live", exchange -> respond(exchange, endpoints.live().get()));
        server.createContext(
                "/health/ready", exchange -> respond(exchange, endpoints.ready().get()));
        server.createContext(
                "/metrics",
                exchange -> send(
                        exchange,
                        200,
                        "text/plain; version=0.0.4; charset=utf-8",
                        endpoints.metrics().get()));
        server.start();
        return new HealthServer(server, threads);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private static void respond(HttpExchange exchange, HealthStatus status) throws IOException {
        send(exchange, status.up() ? 200 : 503, status.contentType(), status.body());
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
