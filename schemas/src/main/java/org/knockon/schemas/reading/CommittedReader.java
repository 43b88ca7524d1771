package org.knockon.schemas.reading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads whole topics outside a consumer group: assigns itself every partition, starts at the beginning, and sees
 * committed records only. Any number of readers disturb neither each other nor the pipeline. Keys and values stay
 * bytes, so that callers decode only what they need.
 *
 * <p>For one thread, except {@link #wakeup}.
 *
 * <p>Valid: {@code new, ends, readToEnd, poll, poll, close}. Invalid: any call after {@code close}, or from a second
 * thread.
 */
public final class CommittedReader implements AutoCloseable {

    private static final int FETCH_BYTES = 4 * 1024 * 1024;
    private static final int POLL_RECORDS = 5_000;
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    /**
     * Opens a reader at the beginning of the topics.
     *
     * @param client settings of Kafka clients; {@code max.poll.records} and {@code max.partition.fetch.bytes} may be
     *     among them, and are large otherwise
     * @param topics full names
     * @throws MissingTopicException when one of the topics does not exist
     * @throws KafkaException when the broker does not answer
     */
    public CommittedReader(Map<String, ?> client, Collection<String> topics) {
        Map<String, Object> config = settings(client);
        config.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS);
        config.putIfAbsent(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            partitions = List.copyOf(partitionsOf(topics));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** Settings of a consumer that belongs to no group and reads committed records. */
    static Map<String, Object> settings(Map<String, ?> client) {
        Map<String, Object> config = new HashMap<>(client);
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        config.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return config;
    }

    private List<TopicPartition> partitionsOf(Collection<String> topics) {
        List<TopicPartition> found = new ArrayList<>();
        for (String topic : topics) {
            var described = consumer.partitionsFor(topic);
            if (described == null || described.isEmpty()) {
                throw new MissingTopicException(topic);
            }
            described.forEach(partition -> found.add(new TopicPartition(topic, partition.partition())));
        }
        return found;
    }

    /** All partitions of the topics. */
    public List<TopicPartition> partitions() {
        return partitions;
    }

    /** Returns the next records, after at most this wait; none when none arrive in time. */
    public ConsumerRecords<byte[], byte[]> poll(Duration atMost) {
        return consumer.poll(atMost);
    }

    /** Reads up to the ends that the partitions have at the time of the call. */
    public void readToEnd(Consumer<ConsumerRecord<byte[], byte[]>> action) {
        Map<TopicPartition, Long> ends = ends();
        while (!reached(ends)) {
            consumer.poll(POLL).forEach(action);
        }
    }

    /** The range of each partition now. */
    public Map<TopicPartition, ReadableRange> ranges() {
        return ReadableRange.of(consumer, partitions);
    }

    /** The end of each partition now, for a reader of committed records. */
    public Map<TopicPartition, Long> ends() {
        return consumer.endOffsets(partitions);
    }

    /** Whether this reader is at these ends or past them. */
    public boolean reached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Reads these partitions again from the beginning. */
    public void seekToBeginning(Collection<TopicPartition> some) {
        consumer.seekToBeginning(some);
    }

    /** Skips everything that is in the topics now. */
    public void seekToEnd() {
        consumer.seekToEnd(partitions);
        // Seeking is lazy; asking for the position settles it.
        partitions.forEach(consumer::position);
    }

    /** Returns no records of these partitions until {@link #resume}. */
    public void pause(Collection<TopicPartition> some) {
        consumer.pause(some);
    }

    public void resume(Collection<TopicPartition> some) {
        consumer.resume(some);
    }

    /** Makes a {@link #poll} in another thread throw {@link org.apache.kafka.common.errors.WakeupException}. */
    public void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
