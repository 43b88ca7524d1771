package org.knockon.streams.app;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends of topics, and positions that the app has committed in them, read from the broker. For one thread. */
final class Progress {

    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private static final Duration UNCHANGED_FOR = Duration.ofSeconds(3);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(2);

    private final Admin admin;
    private final String applicationId;
    private final Map<String, Object> reading;
    private final Map<TopicPartition, Position> unchanged = new HashMap<>();

    Progress(Admin admin, StreamsAppSettings settings) {
        this.admin = admin;
        applicationId = settings.applicationId();
        reading = new HashMap<>(settings.client());
        reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        reading.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        reading.remove(ConsumerConfig.GROUP_ID_CONFIG);
    }

    /**
     * The end of each partition, including open transactions. A partition without a leader has none and does not delay
     * the others.
     */
    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        ListOffsetsResult asked = admin.listOffsets(
                latest,
                new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED)
                        .timeoutMs(Math.toIntExact(LONGEST_LOOK.toMillis())));
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (TopicPartition partition : partitions) {
            try {
                ends.put(partition, asked.partitionResult(partition).get().offset());
            } catch (ExecutionException e) {
                LOG.warn(
                        "cannot read the end of {} from the broker, will retry: {}",
                        partition,
                        e.getCause().toString());
            }
        }
        return ends;
    }

    /** The committed position of the app in each partition that has one. */
    Map<TopicPartition, Long> committed() throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> committed = new HashMap<>();
        for (Map.Entry<TopicPartition, OffsetAndMetadata> at : admin.listConsumerGroupOffsets(applicationId)
                .partitionsToOffsetAndMetadata()
                .get()
                .entrySet()) {
            if (at.getValue() != null) {
                committed.put(at.getKey(), at.getValue().offset());
            }
        }
        return committed;
    }

    /**
     * Whether all committed records before {@code end} have been processed. The offsets before the end include
     * transaction markers and aborted records, and Kafka Streams commits a partition only after it has processed a
     * record of it. So if neither position nor end has changed for a while, this reads what lies between them.
     *
     * @param committed null if nothing has been committed
     */
    boolean reached(TopicPartition partition, Long committed, long end) {
        if (end == 0 || (committed != null && committed >= end)) {
            unchanged.remove(partition);
            return true;
        }
        Position now = new Position(committed, end, System.nanoTime());
        Position before = unchanged.get(partition);
        if (before == null || !before.sameAs(now)) {
            unchanged.put(partition, now);
            return false;
        }
        if (now.since - before.since < UNCHANGED_FOR.toNanos()) {
            return false;
        }
        if (anythingReadable(partition, committed, end)) {
            unchanged.put(partition, now);
            return false;
        }
        return true;
    }

    private boolean anythingReadable(TopicPartition partition, Long committed, long end) {
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            long first =
                    consumer.beginningOffsets(List.of(partition), LONGEST_LOOK).get(partition);
            consumer.seek(partition, committed == null ? first : Math.max(first, committed));
            long deadline = System.nanoTime() + LONGEST_LOOK.toNanos();
            while (System.nanoTime() - deadline < 0) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    return record.offset() < end;
                }
                if (consumer.position(partition) >= end) {
                    return false;
                }
            }
            // An open transaction may still be committed.
            return true;
        } catch (TimeoutException e) {
            // Without a leader nothing is known.
            return true;
        }
    }

    private record Position(Long committed, long end, long since) {
        boolean sameAs(Position other) {
            return end == other.end && Objects.equals(committed, other.committed);
        }
    }
}
