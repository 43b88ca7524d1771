package org.knockon.systemtests.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a running streams app processed input records, as its metrics say. They do not depend on the brokers. */
final class AppTimeline implements AutoCloseable {

    private static final Pattern RECORDS = metric("knockon_pipeline_records");
    private static final Pattern CLOCK = metric("knockon_pipeline_clock_seconds");
    private static final Duration SAMPLE_EVERY = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(4);
    private static final int TIMEOUT_MILLIS = 5_000;

    private final URI metrics;
    private final List<Long> advances = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread thread;
    private double records;
    private double clock;

    private AppTimeline(URI metrics) {
        this.metrics = metrics;
        thread = new Thread(this::sampleUntilClosed, "app-timeline");
        thread.setDaemon(true);
    }

    /** @param server address of the app's metrics, such as {@code http://localhost:4321} */
    static AppTimeline watch(String server) {
        AppTimeline timeline = new AppTimeline(URI.create(server + "/metrics"));
        timeline.thread.start();
        return timeline;
    }

    /** Waits until the app has reached this time of the scenario. */
    void awaitClock(Instant time) {
        await().atMost(LONGEST_WAIT).until(() -> clock() >= time.getEpochSecond());
    }

    /** Waits until the app processes another record. */
    void awaitAdvance() {
        int before = advances();
        await().atMost(LONGEST_WAIT).until(() -> advances() > before);
    }

    /**
     * The longest time without a processed record, between two processed records. Its resolution is that of the samples, a fifth of a second.
     *
     * @param since {@link System#nanoTime()}; earlier times do not count
     */
    synchronized Duration longestStandstill(long since) {
        long longest = 0;
        for (int i = 1; i < advances.size(); i++) {
            if (advances.get(i) - since > 0) {
                longest = Math.max(longest, advances.get(i) - Math.max(since, advances.get(i - 1)));
            }
        }
        return Duration.ofNanos(longest);
    }

    private synchronized double clock() {
        return clock;
    }

    private synchronized int advances() {
        return advances.size();
    }

    private void sampleUntilClosed() {
        while (!closed.get()) {
            try {
                sample(read());
                Thread.sleep(SAMPLE_EVERY.toMillis());
            } catch (IOException notServed) {
                // Not yet, or no longer.
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(SAMPLE_EVERY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void sample(String scraped) {
        clock = value(CLOCK, scraped);
        double now = value(RECORDS, scraped);
        if (now > records) {
            records = now;
            advances.add(System.nanoTime());
        }
    }

    private String read() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) metrics.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        return new String(connection.getInputStream().readAllBytes(), UTF_8);
    }

    private static Pattern metric(String name) {
        return Pattern.compile("(?m)^" + name + "(?:\\{[^}]*})? (\\S+)$");
    }

    private static double value(Pattern metric, String scraped) {
        Matcher found = metric.matcher(scraped);
        if (!found.find()) {
            throw new IllegalStateException("no metric " + metric);
        }
        return Double.parseDouble(found.group(1));
    }

    @Override
    public void close() {
        closed.set(true);
        thread.interrupt();
    }
}
