package org.knockon.schemas.reading;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A range of offsets in one partition, as a reader of committed records sees it. Offsets also count transaction markers
 * and aborted records, so a range that is not empty may hold nothing to read.
 *
 * @param begin first offset of the range
 * @param end first offset after it
 */
public record ReadableRange(TopicPartition partition, long begin, long end) {

    private static final Duration POLL = Duration.ofMillis(100);

    /** The whole range of each partition now. Open transactions and what follows them are not part of it. */
    static Map<TopicPartition, ReadableRange> of(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, ReadableRange> ranges = new HashMap<>();
        consumer.endOffsets(partitions)
                .forEach((partition, end) ->
                        ranges.put(partition, new ReadableRange(partition, begins.get(partition), end)));
        return ranges;
    }

    public boolean isEmpty() {
        return begin >= end;
    }

    /**
     * Whether the range holds a record, or may come to hold one. Reads from its beginning with a consumer of its own,
     * so call this rarely.
     *
     * @param client settings of Kafka clients
     * @param atMost time limit; when it passes without a result, an open transaction may still commit records, and the
     *     result is true
     * @throws TimeoutException when the partition has no leader
     */
    public boolean mayHoldRecord(Map<String, ?> client, Duration atMost) {
        if (isEmpty()) {
            return false;
        }
        Map<String, Object> config = CommittedReader.settings(client);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            long first = consumer.beginningOffsets(List.of(partition), atMost).get(partition);
            consumer.seek(partition, Math.max(first, begin));
            long deadline = System.nanoTime() + atMost.toNanos();
            while (System.nanoTime() - deadline < 0) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    return record.offset() < end;
                }
                if (consumer.position(partition) >= end) {
                    return false;
                }
            }
            return true;
        }
    }
}
