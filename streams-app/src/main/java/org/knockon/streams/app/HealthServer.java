package org.knockon.streams.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams;

/**
 * {@code /health/live}: RUNNING or REBALANCING, for restarting an instance that is rebalancing makes it worse.
 * {@code /health/ready}: RUNNING, its stores restored. {@code /metrics}: Prometheus text.
 */
final class HealthServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task, "health");
        thread.setDaemon(true);
        return thread;
    });

    private HealthServer(HttpServer server) {
        this.server = server;
    }

    static HealthServer start(String bind, int port, KnockonStreams app, Supplier<String> metrics) {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(bind, port), 0);
        } catch (IOException e) {
            throw new SettingsException(List.of("http.port " + port + " on " + bind + " cannot be served: "
                    + e.getMessage() + ". Choose another, 0 for any free one, or -1 for none"));
        }
        HealthServer health = new HealthServer(server);
        server.setExecutor(health.threads);
        server.createContext("/health/live", exchange -> answer(exchange, alive(app.state()), app.facts()));
        server.createContext(
                "/health/ready", exchange -> answer(exchange, app.state() == KafkaStreams.State.RUNNING, app.facts()));
        server.createContext(
                "/metrics", exchange -> send(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.get()));
        server.start();
        return health;
    }

    int port() {
        return server.getAddress().getPort();
    }

    private static boolean alive(KafkaStreams.State state) {
        return state == KafkaStreams.State.CREATED
                || state == KafkaStreams.State.REBALANCING
                || state == KafkaStreams.State.RUNNING;
    }

    private static void answer(HttpExchange exchange, boolean well, Map<String, Object> facts) throws IOException {
        Map<String, Object> body = new TreeMap<>(facts);
        body.put("status", well ? "UP" : "DOWN");
        String json = body.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":"
                        + (entry.getValue() instanceof Number ? entry.getValue() : "\"" + entry.getValue() + "\""))
                .collect(Collectors.joining(",", "{", "}\n"));
        send(exchange, well ? 200 : 503, "application/json", json);
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
