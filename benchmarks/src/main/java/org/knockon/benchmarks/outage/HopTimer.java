package org.knockon.benchmarks.outage;

import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * When an outage shows on each topic it passes, twice: to a reader that sees records as they are appended, and to one that sees them
 * once their transaction has ended. The difference is what the transaction costs. Record timestamps are of no use for it: they are
 * event time. Both readers are a poll late, alike.
 */
final class HopTimer implements AutoCloseable {

    /** Ticks of the clock, which go the same way, are no part of the outage. */
    private static final String TICK = "clock";

    private static final List<Topic<?>> WAY = List.of(Topics.BROADCAST, Topics.PARTIALS, Topics.IMPACT_COUNTS);

    private final Map<IsolationLevel, Watcher> watchers = new EnumMap<>(IsolationLevel.class);

    HopTimer(String prefix, Map<String, Object> client) {
        for (IsolationLevel level : IsolationLevel.values()) {
            watchers.put(level, new Watcher(prefix, client, level));
        }
        watchers.values().forEach(watcher -> watcher.thread.start());
    }

    /** Forgets what was seen. */
    void begin() {
        watchers.values().forEach(watcher -> watcher.last.clear());
    }

    /**
     * Milliseconds of each step since {@code began}, in order, all from the last record of a topic: its work, then its transaction.
     * Call it a while after the counts are seen, so that both readers have seen the same.
     */
    Map<String, Double> since(long began) {
        Map<String, Double> steps = new LinkedHashMap<>();
        long before = began;
        for (Topic<?> topic : WAY) {
            long appended = seen(IsolationLevel.READ_UNCOMMITTED, topic);
            long committed = seen(IsolationLevel.READ_COMMITTED, topic);
            steps.put(topic.shortName() + " work", (appended - before) / 1e6);
            steps.put(topic.shortName() + " transaction", (committed - appended) / 1e6);
            before = committed;
        }
        return steps;
    }

    private long seen(IsolationLevel level, Topic<?> topic) {
        Long at = watchers.get(level).last.get(topic.shortName());
        if (at == null) {
            throw new IllegalStateException("nothing was seen on " + topic.shortName());
        }
        return at;
    }

    @Override
    public void close() {
        watchers.values().forEach(Watcher::close);
    }

    private static final class Watcher {

        private final Map<String, Long> last = new ConcurrentHashMap<>();
        private final Consumer<String, byte[]> consumer;
        private final Thread thread;
        private volatile boolean ended;

        Watcher(String prefix, Map<String, Object> client, IsolationLevel level) {
            Map<String, Object> settings = new HashMap<>(client);
            settings.put("isolation.level", level.name().toLowerCase(Locale.ROOT));
            consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
            List<TopicPartition> partitions = WAY.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic.name(prefix)).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.endOffsets(partitions).forEach(consumer::seek);
            thread = new Thread(() -> watch(prefix), "hops-" + level);
            thread.setDaemon(true);
        }

        private void watch(String prefix) {
            while (!ended) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                    if (!TICK.equals(record.key())) {
                        last.put(record.topic().substring(prefix.length()), System.nanoTime());
                    }
                }
            }
            consumer.close();
        }

        private void close() {
            ended = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
