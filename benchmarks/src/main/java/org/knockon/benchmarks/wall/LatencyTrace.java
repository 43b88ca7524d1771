package org.knockon.benchmarks.wall;

import org.knockon.benchmarks.harness.CountsReader;
import org.knockon.benchmarks.harness.ExpectedCounts;
import org.knockon.schemas.Topics;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Where an outage has got to on its way to the page, in epoch milliseconds: the topics as a committed reader sees them, and the stream. */
final class LatencyTrace implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Consumer<byte[], byte[]> outages;
    private final CountsReader counts;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Thread> threads;
    private volatile long atRisk;
    private volatile long outage;
    private volatile long counted;
    private volatile long streamed;
    private volatile boolean closed;

    LatencyTrace(String prefix, Map<String, Object> client, URI stream) {
        Map<String, Object> committed = new HashMap<>(client);
        committed.put("isolation.level", "read_committed");
        outages = new KafkaConsumer<>(committed, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = outages.partitionsFor(Topics.OUTAGES.name(prefix)).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        outages.assign(partitions);
        outages.seekToEnd(partitions);
        partitions.forEach(outages::position);
        counts = new CountsReader(prefix, client);
        threads = Stream.<Runnable>of(this::watchOutages, this::watchCounts, () -> watchStream(stream))
                .map(watch -> {
                    Thread thread = new Thread(watch, "way");
                    thread.setDaemon(true);
                    thread.start();
                    return thread;
                })
                .toList();
    }

    /** Begins anew, for an outage that puts so many at risk. */
    void expect(long number) {
        outage = 0;
        counted = 0;
        streamed = 0;
        atRisk = number;
    }

    long outage() throws InterruptedException {
        return await(() -> outage, "the outage was not seen on its topic");
    }

    long counted() throws InterruptedException {
        return await(() -> counted, "the exact counts were not seen on their topic");
    }

    long streamed() throws InterruptedException {
        return await(() -> streamed, "the exact number was not seen in the stream");
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
            if (!outages.poll(Duration.ofMillis(50)).isEmpty() && outage == 0) {
                outage = System.currentTimeMillis();
            }
        }
        outages.close();
    }

    private void watchCounts() {
        while (!closed) {
            long expected = atRisk;
            if (new ExpectedCounts(expected, 0).meets(counts) && counted == 0 && expected == atRisk) {
                counted = System.currentTimeMillis();
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
                if (streamed == 0 && line.startsWith("data: ") && line.contains("\"soon\":" + atRisk + ",")) {
                    streamed = System.currentTimeMillis();
                }
            });
        } catch (IOException e) {
            if (!closed) {
                throw new IllegalStateException("the stream has broken", e);
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
