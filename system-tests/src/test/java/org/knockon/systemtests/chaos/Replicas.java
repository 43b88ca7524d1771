package org.knockon.systemtests.chaos;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.awaitility.core.ConditionFactory;
import org.knockon.systemtests.secured.SecuredCluster;

/** The replicas of all partitions of a cluster, also of Kafka's own topics. Does not wait long for a node that does not answer. */
final class Replicas implements AutoCloseable {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(4);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Admin admin;

    Replicas(SecuredCluster cluster) {
        admin = cluster.newAdmin(Map.of("request.timeout.ms", 5_000, "default.api.timeout.ms", 15_000));
    }

    /** The node that leads a partition, and since how many elections. */
    record Leader(int node, int epoch) {}

    Leader leader(TopicPartition partition) throws ExecutionException, InterruptedException {
        TopicDescription topic = admin.describeTopics(List.of(partition.topic()))
                .topicNameValues()
                .get(partition.topic())
                .get();
        int node = topic.partitions().get(partition.partition()).leader().id();
        int epoch = admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get()
                .leaderEpoch()
                .orElseThrow();
        return new Leader(node, epoch);
    }

    /** Returns once a partition has another leader than this one. */
    Leader awaitOtherLeader(TopicPartition partition, Leader old) {
        return waiting().until(() -> leader(partition), now -> now.node() != old.node() && now.epoch() > old.epoch());
    }

    /** The sum of the leader epochs of all partitions of a topic: it rises with each election. */
    long epochs(String topic) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        admin.describeTopics(List.of(topic))
                .topicNameValues()
                .get(topic)
                .get()
                .partitions()
                .forEach(each -> partitions.put(new TopicPartition(topic, each.partition()), OffsetSpec.latest()));
        return admin.listOffsets(partitions).all().get().values().stream()
                .mapToLong(offset -> offset.leaderEpoch().orElseThrow())
                .sum();
    }

    /** Number of partitions that lack a replica in sync. */
    long underReplicated() throws ExecutionException, InterruptedException {
        Set<String> names = admin.listTopics(new ListTopicsOptions().listInternal(true))
                .names()
                .get();
        return admin.describeTopics(names).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream())
                .filter(Replicas::lacksOne)
                .count();
    }

    private static boolean lacksOne(TopicPartitionInfo partition) {
        return partition.leader() == null
                || partition.isr().size() < partition.replicas().size();
    }

    /** Returns once a partition lacks a replica, with the number of those that do. */
    long awaitUnderReplicated() {
        return waiting().until(this::underReplicated, lacking -> lacking > 0);
    }

    /** Returns once every partition has all its replicas in sync. */
    void awaitComplete() {
        waiting().until(this::underReplicated, lacking -> lacking == 0);
    }

    /** A request fails while its node is away; the next one finds another. */
    private static ConditionFactory waiting() {
        return await().ignoreExceptions()
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .atMost(LONGEST_WAIT);
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
