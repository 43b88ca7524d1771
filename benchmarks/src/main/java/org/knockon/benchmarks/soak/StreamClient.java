package org.knockon.benchmarks.soak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** Reads the war room's stream as a wall display does, and reconnects when it ends. In a thread of its own. */
final class StreamClient implements AutoCloseable {

    private static final int RETRY_MILLIS = 1_000;

    private final URI stream;
    private final HttpClient http = HttpClient.newHttpClient();
    private final LongAdder events = new LongAdder();
    private final LongAdder connections = new LongAdder();
    private final Thread thread = new Thread(this::run, "soak-stream");
    private volatile boolean closed;

    StreamClient(URI wall) {
        stream = wall.resolve("/api/v1/stream");
        thread.setDaemon(true);
        thread.start();
    }

    /** Events received so far. */
    long events() {
        return events.sum();
    }

    /** Number of connections; one if the stream never ended. */
    long connections() {
        return connections.sum();
    }

    private void run() {
        HttpRequest request = HttpRequest.newBuilder(stream)
                .header("Accept", "text/event-stream")
                .build();
        while (!closed) {
            connections.increment();
            try (Stream<String> lines =
                    http.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
                lines.takeWhile(line -> !closed)
                        .filter(line -> line.startsWith("event: "))
                        .forEach(line -> events.increment());
            } catch (IOException | RuntimeException ended) {
                // Reconnects below.
            } catch (InterruptedException e) {
                return;
            }
            try {
                Thread.sleep(RETRY_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
