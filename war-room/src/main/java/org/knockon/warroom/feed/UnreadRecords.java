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
 * Whether there is a record between two offsets. The end of a partition counts the marks of transactions too, and a reader's committed
 * position may stay before the last mark for ever. For one thread.
 */
final class UnreadRecords {

    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final Map<String, Object> config;
    private final Map<TopicPartition, Stretch> empty = new HashMap<>();
    private final Map<TopicPartition, Stretch> before = new HashMap<>();

    UnreadRecords(Map<String, Object> client) {
        config = new HashMap<>(client);
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        config.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    }

    /** What has changed since it was last asked is taken for unread: only what stands still is looked into. */
    boolean anything(TopicPartition partition, long from, long to) {
        Stretch stretch = new Stretch(from, to);
        if (stretch.equals(empty.get(partition))) {
            return false;
        }
        if (!stretch.equals(before.put(partition, stretch))) {
            return true;
        }
        if (readable(partition, stretch)) {
            return true;
        }
        empty.put(partition, stretch);
        return false;
    }

    private boolean readable(TopicPartition partition, Stretch stretch) {
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            long first = consumer.beginningOffsets(List.of(partition)).get(partition);
            consumer.seek(partition, Math.max(first, stretch.from()));
            long deadline = System.nanoTime() + LONGEST.toNanos();
            while (System.nanoTime() - deadline < 0) {
                if (!consumer.poll(Duration.ofMillis(100)).isEmpty()) {
                    return true;
                }
                if (consumer.position(partition) >= stretch.to()) {
                    return false;
                }
            }
            return true;
        }
    }

    private record Stretch(long from, long to) {}
}
