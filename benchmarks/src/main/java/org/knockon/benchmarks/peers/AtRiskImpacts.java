package org.knockon.benchmarks.peers;

import org.knockon.impact.model.ImpactState;
import org.knockon.schemas.AssessedImpact;
import org.knockon.schemas.Topics;
import org.knockon.schemas.reading.CommittedReader;
import org.knockon.schemas.serde.KnockonSerdes;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/** The appointments at risk that Knock-on tells of one by one, as a committed reader sees them. */
final class AtRiskImpacts implements AutoCloseable {

    private final CommittedReader reader;
    private final Deserializer<AssessedImpact> impactOf;

    AtRiskImpacts(String prefix, Map<String, Object> client, KnockonSerdes serdes) {
        impactOf = serdes.value(Topics.CARE_IMPACTS).deserializer();
        reader = new CommittedReader(client, List.of(Topics.CARE_IMPACTS.name(prefix)));
    }

    /** To the end as it is now. */
    void skip() {
        reader.seekToEnd();
    }

    /**
     * Reads on to the end as it is now and requires as many as this, one a record.
     *
     * @throws IllegalStateException when there are more or fewer: the run does not count
     */
    void require(int hit) {
        Map<TopicPartition, Long> ends = reader.ends();
        int atRisk = 0;
        while (!reader.reached(ends)) {
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(20))) {
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
        reader.close();
    }
}
