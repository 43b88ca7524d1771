package org.knockon.warroom.feed;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Whether there is a record between two offsets. End offsets include transaction markers, and a committed position may
 * stay before the last marker indefinitely. Not thread-safe.
 */
final class UnreadRecords {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final Map<String, Object> config;
    private final Map<TopicPartition, Range> empty = new HashMap<>();
    private final Map<TopicPartition, Range> previous = new HashMap<>();

    UnreadRecords(Map<String, Object> client) {
        config = new HashMap<>(client);
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        config.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    }

    /** A range that changed since the last call counts as unread. Only an unchanged range is read. */
    boolean exist(TopicPartition partition, long from, long to) {
        Range range = new Range(from, to);
        if (range.equals(empty.get(partition))) {
            return false;
        }
        if (!range.equals(previous.put(partition, range))) {
            return true;
        }
        if (readable(partition, range)) {
            return true;
        }
        empty.put(partition, range);
        return false;
    }

    private boolean readable(TopicPartition partition, Range range) {
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            long first = consumer.beginningOffsets(List.of(partition)).get(partition);
            consumer.seek(partition, Math.max(first, range.from()));
            long deadline = System.nanoTime() + TIMEOUT.toNanos();
            while (System.nanoTime() - deadline < 0) {
                if (!consumer.poll(Duration.ofMillis(100)).isEmpty()) {
                    return true;
                }
                if (consumer.position(partition) >= range.to()) {
                    return false;
                }
            }
            return true;
        }
    }

    private record Range(long from, long to) {}
}
