package org.knockon.benchmarks.peers;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.serialization.Deserializer;
import org.knockon.benchmarks.harness.TopicReader;
import org.knockon.impact.model.ImpactState;
import org.knockon.schemas.AssessedImpact;
import org.knockon.schemas.Topics;
import org.knockon.schemas.serde.KnockonSerdes;

/** The appointments at risk that Knock-on publishes one by one, as a committed reader sees them. */
final class AtRiskImpacts implements AutoCloseable {

    private final Deserializer<AssessedImpact> deserializer;
    private final TopicReader reader;

    AtRiskImpacts(String prefix, Map<String, Object> client, KnockonSerdes serdes) {
        deserializer = serdes.value(Topics.CARE_IMPACTS).deserializer();
        reader = TopicReader.committed(client, Topics.CARE_IMPACTS.name(prefix));
    }

    /** Passes over everything up to the current end. */
    void skip() {
        reader.skipToEnd();
    }

    /**
     * Reads to the current end and requires this number of appointments at risk.
     *
     * @throws IllegalStateException if there are more or fewer: the run does not count
     */
    void require(int hit) {
        AtomicInteger atRisk = new AtomicInteger();
        reader.readToEnd(record -> {
            AssessedImpact assessed = deserializer.deserialize(record.topic(), record.value());
            if (assessed != null && assessed.impact().state() == ImpactState.AT_RISK) {
                atRisk.incrementAndGet();
            }
        });
        if (atRisk.get() != hit) {
            throw new IllegalStateException("the impacts are wrong, so this run does not count: " + atRisk
                    + " appointments at risk instead of " + hit);
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
