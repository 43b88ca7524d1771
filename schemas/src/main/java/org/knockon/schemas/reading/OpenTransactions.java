package org.knockon.schemas.reading;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Transactions whose records readers do not see yet. The broker acknowledges a commit a moment before it ends the
 * transaction on each partition, so a test that reads a topic right after a producer has ended may miss the last records.
 */
public final class OpenTransactions {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private OpenTransactions() {}

    /**
     * Waits until everything that is on a topic now is committed or aborted.
     *
     * @param client settings of Kafka clients
     * @throws IllegalStateException if it is not within 30 seconds
     */
    public static void awaitEnd(Map<String, Object> client, String topic) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        try (Admin admin = Admin.create(client)) {
            Map<TopicPartition, Long> written = ends(admin, topic, IsolationLevel.READ_UNCOMMITTED);
            while (!reached(ends(admin, topic, IsolationLevel.READ_COMMITTED), written)) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException("a transaction on " + topic + " is still open");
                }
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot read the ends of " + topic, e);
        }
    }

    private static boolean reached(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> wanted) {
        return wanted.entrySet().stream().allMatch(end -> ends.get(end.getKey()) >= end.getValue());
    }

    private static Map<TopicPartition, Long> ends(Admin admin, String topic, IsolationLevel isolation)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .get(topic)
                .partitions()
                .forEach(
                        partition -> latest.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest, new ListOffsetsOptions(isolation))
                .all()
                .get()
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }
}
