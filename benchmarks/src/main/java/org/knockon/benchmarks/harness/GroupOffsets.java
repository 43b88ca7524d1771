package org.knockon.benchmarks.harness;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far a group has committed what it reads. */
public final class GroupOffsets implements AutoCloseable {

    private final Admin admin;
    private final String group;
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    /** @param topic the one that {@link #committed()} asks about, with the end it has now */
    public GroupOffsets(Map<String, Object> client, String group, String topic) throws Exception {
        this.group = group;
        admin = Admin.create(new HashMap<>(client));
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        admin.describeTopics(List.of(topic))
                .topicNameValues()
                .get(topic)
                .get()
                .partitions()
                .forEach(
                        partition -> latest.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest()));
        admin.listOffsets(latest).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
    }

    /** How many records a topic's partitions have held. */
    static long end(Map<String, Object> client, String topic) throws Exception {
        try (GroupOffsets offsets = new GroupOffsets(client, topic, topic)) {
            return offsets.ends.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** Whether the topic has been committed to its end. */
    public boolean committed() throws Exception {
        Map<TopicPartition, OffsetAndMetadata> at = now();
        return ends.entrySet().stream().allMatch(end -> {
            OffsetAndMetadata reached = at.get(end.getKey());
            return reached != null && reached.offset() >= end.getValue();
        });
    }

    /** Whether everything that the group reads has been committed to where it ends now. */
    public boolean drained() throws Exception {
        Map<TopicPartition, OffsetAndMetadata> at = now();
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        at.keySet().forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        return admin.listOffsets(latest).all().get().entrySet().stream()
                .allMatch(end -> at.get(end.getKey()).offset() >= end.getValue().offset());
    }

    /** Where the topic that {@link #committed()} asks about ends now. */
    public Map<TopicPartition, Long> ends() throws Exception {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        ends.keySet().forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> now = new HashMap<>();
        admin.listOffsets(latest).all().get().forEach((partition, end) -> now.put(partition, end.offset()));
        return now;
    }

    /** What the group has committed of anything it reads. */
    public Map<TopicPartition, OffsetAndMetadata> now() throws Exception {
        return admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
    }

    @Override
    public void close() {
        admin.close();
    }
}
