package org.knockon.streams.app;

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
import java.util.function.Supplier;

/**
 * Serves {@code /health/live}, for supervisors that restart a process, {@code /health/ready}, for callers that wait
 * for it, and {@code /metrics} as Prometheus text. See {@link Health}.
 */
final class HealthServer implements AutoCloseable {

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

    static HealthServer start(String bind, int port, Health health, Liveness liveness, Supplier<String> metrics) {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(bind, port), 0);
        } catch (IOException e) {
            throw new SettingsException(List.of("http.port " + port + " on " + bind + " cannot be served: "
                    + e.getMessage() + ". Choose another, 0 for any free one, or -1 for none"));
        }
        AtomicInteger number = new AtomicInteger();
        // One thread per request: a failed thread does not affect the next request.
        ExecutorService threads = new ThreadPoolExecutor(
                0,
                MOST_CONCURRENT,
                0,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> liveness.thread("knockon-health-" + number.incrementAndGet(), work));
        server.setExecutor(threads);
        server.createContext("/health/live", exchange -> respond(exchange, health.live()));
        server.createContext("/health/ready", exchange -> respond(exchange, health.ready()));
        server.createContext(
                "/metrics", exchange -> send(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.get()));
        server.start();
        return new HealthServer(server, threads);
    }

    int port() {
        return server.getAddress().getPort();
    }

    private static void respond(HttpExchange exchange, Health.Status status) throws IOException {
        send(exchange, status.up() ? 200 : 503, "application/json", status.json());
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
