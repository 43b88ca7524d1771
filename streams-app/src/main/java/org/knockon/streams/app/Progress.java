package org.knockon.streams.app;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.knockon.schemas.reading.ReadableRange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends of topics, and positions that the app has committed in them, read from the broker. For one thread. */
final class Progress {

    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private static final Duration UNCHANGED_FOR = Duration.ofSeconds(3);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(2);

    private final Admin admin;
    private final String applicationId;
    private final Map<String, Object> client;
    private final Map<TopicPartition, Position> unchanged = new HashMap<>();
    /** Ranges that hold no record. They never will: their transactions have ended. */
    private final Map<TopicPartition, Position> empty = new HashMap<>();

    Progress(Admin admin, StreamsAppSettings settings) {
        this.admin = admin;
        applicationId = settings.applicationId();
        client = settings.client();
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
        Position found = empty.get(partition);
        if (found != null && found.sameAs(now)) {
            return true;
        }
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
        empty.put(partition, now);
        return true;
    }

    private boolean anythingReadable(TopicPartition partition, Long committed, long end) {
        try {
            return new ReadableRange(partition, committed == null ? 0 : committed, end)
                    .mayHoldRecord(client, LONGEST_LOOK);
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
