package org.knockon.benchmarks.harness;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far a consumer group has committed its input. */
public final class GroupOffsets implements AutoCloseable {

    private final Admin admin;
    private final String group;
    private final Map<TopicPartition, Long> ends;

    /** @param topic one that the group reads; {@link #isCommitted()} compares with its end at this moment */
    public GroupOffsets(Map<String, Object> client, String group, String topic)
            throws ExecutionException, InterruptedException {
        this.group = group;
        admin = Admin.create(new HashMap<>(client));
        List<TopicPartition> partitions =
                admin.describeTopics(List.of(topic)).topicNameValues().get(topic).get().partitions().stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList();
        ends = ends(partitions);
    }

    /** Number of offsets that a topic has used. */
    public static long end(Map<String, Object> client, String topic) throws ExecutionException, InterruptedException {
        try (GroupOffsets offsets = new GroupOffsets(client, topic, topic)) {
            return offsets.ends.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** Whether the group has committed the topic up to the end it had when this object was made. */
    public boolean isCommitted() throws ExecutionException, InterruptedException {
        return reach(committed(), ends);
    }

    /** Whether the group has committed everything it reads up to the current ends. */
    public boolean isDrained() throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> committed = committed();
        return reach(committed, ends(committed.keySet()));
    }

    /** Current ends of the topic. */
    public Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException {
        return ends(ends.keySet());
    }

    /** What the group has committed, of everything it reads. */
    public Map<TopicPartition, Long> committed() throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> committed = new HashMap<>();
        for (Map.Entry<TopicPartition, OffsetAndMetadata> one : admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .entrySet()) {
            committed.put(one.getKey(), one.getValue().offset());
        }
        return committed;
    }

    /** Records of the topic that the group has not committed yet. */
    public long lag() throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> committed = committed();
        return ends().entrySet().stream()
                .mapToLong(end -> end.getValue() - committed.getOrDefault(end.getKey(), 0L))
                .sum();
    }

    private Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> now = new HashMap<>();
        admin.listOffsets(latest).all().get().forEach((partition, end) -> now.put(partition, end.offset()));
        return now;
    }

    private static boolean reach(Map<TopicPartition, Long> committed, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> committed.getOrDefault(end.getKey(), -1L) >= end.getValue());
    }

    @Override
    public void close() {
        admin.close();
    }
}
