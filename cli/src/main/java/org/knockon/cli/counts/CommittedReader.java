package org.knockon.cli.counts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.knockon.cli.console.CommandFailure;
import org.knockon.cli.console.ExitCodes;

/**
 * Reads whole topics without a consumer group: every partition from the beginning, committed records only. Keys and values stay bytes, so
 * that callers decode only what they need. Not thread-safe, except {@link #wakeup}.
 */
public final class CommittedReader implements AutoCloseable {

    private static final int FETCH_BYTES = 4 * 1024 * 1024;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions = new ArrayList<>();

    /**
     * Starts at the beginning of these topics.
     *
     * @param client settings of Kafka clients
     * @param topics full names
     * @throws CommandFailure with {@link ExitCodes#UNAVAILABLE} if a topic does not exist
     */
    public CommittedReader(Map<String, Object> client, List<String> topics) {
        Map<String, Object> config = new HashMap<>(client);
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        config.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        config.putIfAbsent(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            for (String topic : topics) {
                var found = consumer.partitionsFor(topic);
                if (found == null || found.isEmpty()) {
                    throw new CommandFailure(ExitCodes.UNAVAILABLE, "missing topic: " + topic);
                }
                found.forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** Moves to the end, to read new records only. */
    public void seekToEnd() {
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** Returns the next records; waits for them if necessary. */
    public Iterable<ConsumerRecord<byte[], byte[]>> poll(Duration atMost) {
        return consumer.poll(atMost);
    }

    /** Reads up to the current end of the topics. */
    public void readToEnd(Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        Map<TopicPartition, Long> ends = ends();
        while (!reached(ends)) {
            consumer.poll(Duration.ofMillis(200)).forEach(reader);
        }
    }

    /** Returns the current end of each partition, for a reader of committed records. */
    public Map<TopicPartition, Long> ends() {
        return consumer.endOffsets(partitions);
    }

    public boolean reached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Interrupts a {@link #poll} of another thread with a {@link org.apache.kafka.common.errors.WakeupException}. */
    public void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
