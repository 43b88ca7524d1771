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

/** How far topics reach and how far the app has come in them, as the broker knows it. For one thread. */
final class Progress {

    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private static final Duration STANDS_STILL = Duration.ofSeconds(3);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(2);

    private final Admin admin;
    private final String applicationId;
    private final Map<String, Object> client;
    private final Map<TopicPartition, Standing> standing = new HashMap<>();

    Progress(Admin admin, StreamsAppSettings settings) {
        this.admin = admin;
        applicationId = settings.applicationId();
        client = settings.client();
    }

    /**
     * The end of each partition, transactions that are still open included. A partition without a leader has none; the others do not
     * wait for it.
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
                        "cannot ask the broker for the end of {}, will ask again: {}",
                        partition,
                        e.getCause().toString());
            }
        }
        return ends;
    }

    /** The app's position in each partition that it has committed one in. */
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
     * Whether all that a reader of committed records would find before {@code end} has been taken in. The end counts the marks of
     * transactions and what was aborted too, and Kafka Streams commits a partition only once it has processed a record of it since it
     * started. So where both have stood still for a while, this looks at what lies between.
     *
     * @param committed null where nothing has been committed
     */
    boolean reached(TopicPartition partition, Long committed, long end) {
        if (end == 0 || (committed != null && committed >= end)) {
            standing.remove(partition);
            return true;
        }
        Standing now = new Standing(committed, end, System.nanoTime());
        Standing before = standing.get(partition);
        if (before == null || !before.sameAs(now)) {
            standing.put(partition, now);
            return false;
        }
        if (now.since - before.since < STANDS_STILL.toNanos()) {
            return false;
        }
        if (anythingReadable(partition, committed, end)) {
            standing.put(partition, now);
            return false;
        }
        return true;
    }

    private boolean anythingReadable(TopicPartition partition, Long committed, long end) {
        try {
            return new ReadableRange(partition, committed == null ? 0 : committed, end)
                    .mayHoldRecord(client, LONGEST_LOOK);
        } catch (TimeoutException e) {
            // No leader: nobody can tell.
            return true;
        }
    }

    private record Standing(Long committed, long end, long since) {
        boolean sameAs(Standing other) {
            return end == other.end && Objects.equals(committed, other.committed);
        }
    }
}
