package org.knockon.benchmarks.peers;

import org.knockon.impact.model.ImpactState;
import org.knockon.schemas.AssessedImpact;
import org.knockon.schemas.Topics;
import org.knockon.schemas.serde.KnockonSerdes;


import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The appointments at risk that Knock-on tells of one by one, as a committed reader sees them. */
final class AtRiskImpacts implements AutoCloseable {

    private final Consumer<String, byte[]> consumer;
    private final Deserializer<AssessedImpact> impactOf;
    private final List<TopicPartition> partitions;

    AtRiskImpacts(String prefix, Map<String, Object> client, KnockonSerdes serdes) {
        impactOf = serdes.value(Topics.CARE_IMPACTS).deserializer();
        Map<String, Object> committed = new HashMap<>(client);
        committed.put("isolation.level", "read_committed");
        committed.put("max.poll.records", 5_000);
        consumer = new KafkaConsumer<>(committed, new StringDeserializer(), new ByteArrayDeserializer());
        partitions = consumer.partitionsFor(Topics.CARE_IMPACTS.name(prefix)).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
    }

    /** To the end as it is now. */
    void skip() {
        consumer.endOffsets(partitions).forEach(consumer::seek);
    }

    /**
     * Reads on to the end as it is now and requires as many as this, one a record.
     *
     * @throws IllegalStateException when there are more or fewer: the run does not count
     */
    void require(int hit) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        int atRisk = 0;
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(20))) {
                AssessedImpact assessed = impactOf.deserialize(record.topic(), record.value());
                if (assessed != null && assessed.impact().state() == ImpactState.AT_RISK) {
                    atRisk++;
                }
            }
        }
        if (atRisk != hit) {
            throw new IllegalStateException("the impacts are wrong, so this run does not count: " + atRisk
                    + " appointments at risk instead of " + hit);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
