package org.knockon.systemtests.feeds;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.ImpactState;
import org.knockon.schemas.AssessedImpact;
import org.knockon.schemas.CellCounts;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.reading.CommittedReader;
import org.knockon.schemas.reading.OpenTransactions;
import org.knockon.schemas.serde.KnockonSerdes;

/** Records of the topics under one prefix. */
public record TopicValues(Map<String, Object> client, String prefix) {

    /** All values, each partition in its order. */
    public <V> List<V> all(Topic<V> topic) {
        List<V> values = new ArrayList<>();
        read(topic, (key, value) -> values.add(value));
        return values;
    }

    public Set<String> keys(Topic<?> topic) {
        Set<String> keys = new TreeSet<>();
        read(topic, (key, value) -> keys.add(key));
        return keys;
    }

    /** The impact of each appointment that has one. */
    public Map<String, Impact> impacts() {
        Map<String, Impact> newest = new TreeMap<>();
        read(Topics.CARE_IMPACTS, (key, value) -> newest(key, value, newest));
        return newest;
    }

    private static void newest(String key, AssessedImpact value, Map<String, Impact> newest) {
        // An impact that came and went leaves NONE or nothing, depending on the order of arrival between partitions.
        if (value == null || value.impact().state() == ImpactState.NONE) {
            newest.remove(key);
        } else {
            newest.put(key, value.impact());
        }
    }

    /** The counts of each cell that is not empty. */
    public Map<String, ImpactCounts> cells() {
        Map<String, ImpactCounts> newest = new TreeMap<>();
        read(Topics.IMPACT_COUNTS, (key, value) -> newest(key, value, newest));
        return newest;
    }

    private static void newest(String key, CellCounts value, Map<String, ImpactCounts> newest) {
        if (value == null || value.counts().equals(ImpactCounts.ZERO)) {
            newest.remove(key);
        } else {
            newest.put(key, value.counts());
        }
    }

    private <V> void read(Topic<V> topic, BiConsumer<String, V> action) {
        OpenTransactions.awaitEnd(client, topic.name(prefix));
        try (KnockonSerdes serdes = new KnockonSerdes(client);
                CommittedReader reader = new CommittedReader(client, List.of(topic.name(prefix)))) {
            reader.readToEnd(record -> action.accept(
                    new String(record.key(), UTF_8),
                    record.value() == null
                            ? null
                            : serdes.value(topic).deserializer().deserialize(record.topic(), record.value())));
        }
    }

    /** Copies the catalogue, as a hospital publishes it. */
    public void copyCatalogueTo(String other) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Topic<?> topic : List.of(Topics.SYSTEMS, Topics.CARE_SERVICES)) {
                try (CommittedReader reader = new CommittedReader(client, List.of(topic.name(prefix)))) {
                    reader.readToEnd(record ->
                            producer.send(new ProducerRecord<>(topic.name(other), record.key(), record.value())));
                }
            }
        }
    }
}
