package org.knockon.benchmarks.wall;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.knockon.benchmarks.harness.CountsReader;
import org.knockon.benchmarks.harness.ExpectedCounts;
import org.knockon.benchmarks.harness.TopicReader;
import org.knockon.schemas.Topics;

/**
 * When an outage passes each point on its way to the page, in epoch milliseconds: the topics as a committed reader sees them, and the war
 * room's stream.
 */
final class LatencyTrace implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final TopicReader outages;
    private final CountsReader counts;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Thread> threads;
    private volatile long atRisk;
    private volatile long outageAt;
    private volatile long countedAt;
    private volatile long streamedAt;
    private volatile boolean closed;

    LatencyTrace(String prefix, Map<String, Object> client, URI stream) {
        outages = TopicReader.committed(client, Topics.OUTAGES.name(prefix));
        outages.skipToEnd();
        counts = new CountsReader(prefix, client);
        threads = Stream.<Runnable>of(this::watchOutages, this::watchCounts, () -> watchStream(stream))
                .map(watch -> {
                    Thread thread = new Thread(watch, "latency-trace");
                    thread.setDaemon(true);
                    thread.start();
                    return thread;
                })
                .toList();
    }

    /** Starts again, for an outage that puts so many at risk. */
    void expect(long number) {
        outageAt = 0;
        countedAt = 0;
        streamedAt = 0;
        atRisk = number;
    }

    long outageAt() throws InterruptedException {
        return await(() -> outageAt, "the outage was not seen on its topic");
    }

    long countedAt() throws InterruptedException {
        return await(() -> countedAt, "the exact counts were not seen on their topic");
    }

    long streamedAt() throws InterruptedException {
        return await(() -> streamedAt, "the exact number was not seen in the stream");
    }

    private interface Moment {
        long at();
    }

    private static long await(Moment moment, String otherwise) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (moment.at() == 0) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(otherwise + ", so this run does not count");
            }
            Thread.sleep(1);
        }
        return moment.at();
    }

    private void watchOutages() {
        while (!closed) {
            outages.poll(Duration.ofMillis(50), record -> {
                if (outageAt == 0) {
                    outageAt = System.currentTimeMillis();
                }
            });
        }
        outages.close();
    }

    private void watchCounts() {
        while (!closed) {
            long expected = atRisk;
            if (new ExpectedCounts(expected, 0).matches(counts) && countedAt == 0 && expected == atRisk) {
                countedAt = System.currentTimeMillis();
            }
        }
        counts.close();
    }

    private void watchStream(URI address) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Accept", "text/event-stream")
                .build();
        try (Stream<String> lines =
                http.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
            lines.takeWhile(line -> !closed).forEach(line -> {
                if (streamedAt == 0 && line.startsWith("data: ") && line.contains("\"soon\":" + atRisk + ",")) {
                    streamedAt = System.currentTimeMillis();
                }
            });
        } catch (IOException e) {
            if (!closed) {
                throw new IllegalStateException("the stream was interrupted", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            for (Thread thread : threads) {
                thread.join(LONGEST.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
