package org.knockon.benchmarks.throughput;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Whether a group has committed one topic to its end. */
public final class Offsets implements AutoCloseable {

    private final Admin admin;
    private final String group;
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    public Offsets(Map<String, Object> client, String group, String topic) throws Exception {
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

    public boolean committed() throws Exception {
        Map<TopicPartition, OffsetAndMetadata> at = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        return ends.entrySet().stream().allMatch(end -> {
            OffsetAndMetadata reached = at.get(end.getKey());
            return reached != null && reached.offset() >= end.getValue();
        });
    }

    @Override
    public void close() {
        admin.close();
    }
}
