package org.knockon.benchmarks.harness;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads topics from their start, without a consumer group. For one thread at a time. */
public final class TopicReader implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(20);

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions;

    private TopicReader(Map<String, Object> client, String isolation, Collection<String> topics) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("isolation.level", isolation);
        settings.putIfAbsent("max.poll.records", 5_000);
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Sees records once their transaction is committed. */
    public static TopicReader committed(Map<String, Object> client, String... topics) {
        return committed(client, Arrays.asList(topics));
    }

    /** Sees records once their transaction is committed. */
    public static TopicReader committed(Map<String, Object> client, Collection<String> topics) {
        return new TopicReader(client, "read_committed", topics);
    }

    /** Sees records as soon as they are appended. */
    public static TopicReader uncommitted(Map<String, Object> client, Collection<String> topics) {
        return new TopicReader(client, "read_uncommitted", topics);
    }

    /** Names of all topics of the broker. */
    public static Collection<String> topicNames(Map<String, Object> client) {
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(client, new StringDeserializer(), new ByteArrayDeserializer())) {
            return List.copyOf(consumer.listTopics().keySet());
        }
    }

    /** Passes over everything up to the current ends. */
    public void skipToEnd() {
        consumer.endOffsets(partitions).forEach(consumer::seek);
    }

    /** Hands over the records that arrive within this time, at most one batch. */
    public void poll(Duration atMost, Consumer<ConsumerRecord<String, byte[]>> each) {
        consumer.poll(atMost).forEach(each);
    }

    /**
     * Hands over all records up to the ends as they are when this is called.
     *
     * @throws IllegalStateException if that takes longer than five minutes
     */
    public void readToEnd(Consumer<ConsumerRecord<String, byte[]>> each) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        "could not read " + partitions + " to the end within " + LONGEST.toMinutes() + " min");
            }
            consumer.poll(POLL).forEach(each);
        }
    }

    /** Sum of the positions in all partitions. The ends of transactions take up offsets too. */
    public long offsets() {
        return partitions.stream().mapToLong(consumer::position).sum();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
