package org.knockon.feeds.count;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** The numbers of all feeds as Prometheus text. Thread-safe. */
public final class FeedMetrics {

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer =
            PrometheusTextFormatWriter.builder().build();
    private final List<FeedCounts> feeds = new CopyOnWriteArrayList<>();
    private final Histogram answers;

    public FeedMetrics() {
        CounterWithCallback.builder()
                .name("knockon_feed_messages_total")
                .help("Messages by what became of them")
                .labelNames("feed", "outcome")
                .callback(into -> snapshots()
                        .forEach(feed -> feed.outcomes()
                                .forEach((outcome, count) -> into.call(count, feed.name(), outcome.text()))))
                .register(registry);
        CounterWithCallback.builder()
                .name("knockon_feed_flags_total")
                .help("Messages that were accepted although something in them is unusual")
                .labelNames("feed", "flag")
                .callback(into -> snapshots()
                        .forEach(feed ->
                                feed.flags().forEach((flag, count) -> into.call(count, feed.name(), flag.text()))))
                .register(registry);
        GaugeWithCallback.builder()
                .name("knockon_feed_last_message_seconds")
                .help("When the last message came, in seconds since 1970")
                .labelNames("feed")
                .callback(into -> snapshots()
                        .forEach(feed -> feed.lastMessageAt().ifPresent(at -> into.call(at / 1e3, feed.name()))))
                .register(registry);
        answers = Histogram.builder()
                .name("knockon_feed_answer_seconds")
                .help("Time from the last byte of a message to its answer")
                .labelNames("feed")
                .withoutExemplars() // They would need the library that connects samples with traces.
                .classicOnly()
                .classicUpperBounds(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
                .register(registry);
    }

    /** @param ready whether this instance receives messages and can publish them; asked at every scrape */
    public void ready(BooleanSupplier ready) {
        GaugeWithCallback.builder()
                .name("knockon_ingest_ready")
                .help("1 while this instance receives messages, 0 while it stands by or cannot publish")
                .callback(into -> into.call(ready.getAsBoolean() ? 1 : 0))
                .register(registry);
    }

    /** Adds the counts of a feed. */
    public FeedCounts feed(String name, String kind) {
        FeedCounts counts = new FeedCounts(name, kind, answers.labelValues(name)::observe);
        feeds.add(counts);
        return counts;
    }

    /** The numbers of each feed, in the order in which they were added. */
    public List<FeedCounts.Snapshot> snapshots() {
        return feeds.stream().map(FeedCounts::snapshot).toList();
    }

    public String scrape() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            writer.write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString(UTF_8);
    }
}
