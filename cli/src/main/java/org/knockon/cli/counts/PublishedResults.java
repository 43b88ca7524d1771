package org.knockon.cli.counts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.schemas.CellCounts;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.reading.CommittedReader;
import org.knockon.schemas.serde.KnockonSerdes;

/**
 * The results of the pipeline at the end of its topics, without those that a tombstone removed.
 *
 * @param outages outages by outageId
 * @param impacts impacts by appointmentId; empty unless requested
 * @param counts counts by cell key
 */
public record PublishedResults(
        SortedMap<String, PublishedOutage> outages,
        SortedMap<String, Impact> impacts,
        SortedMap<String, CellCounts> counts) {

    /**
     * Reads up to the current end of the topics.
     *
     * @param client settings of Kafka clients and the registry
     * @param withImpacts whether to read care-impacts too, a large topic
     */
    public static PublishedResults read(Map<String, Object> client, String prefix, boolean withImpacts) {
        Map<String, Map<String, byte[]>> newest = new HashMap<>();
        List<String> topics = Stream.of(Topics.OUTAGES, Topics.IMPACT_COUNTS, Topics.CARE_IMPACTS)
                .filter(topic -> withImpacts || topic != Topics.CARE_IMPACTS)
                .map(topic -> topic.name(prefix))
                .toList();
        topics.forEach(topic -> newest.put(topic, new HashMap<>()));
        try (CommittedReader reader = new CommittedReader(client, topics)) {
            reader.readToEnd(record -> remember(newest.get(record.topic()), record));
        }
        try (KnockonSerdes serdes = new KnockonSerdes(client)) {
            SortedMap<String, Impact> impacts = new TreeMap<>();
            decode(serdes, Topics.CARE_IMPACTS, prefix, newest)
                    .forEach((id, assessed) -> impacts.put(id, assessed.impact()));
            return new PublishedResults(
                    decode(serdes, Topics.OUTAGES, prefix, newest),
                    impacts,
                    decode(serdes, Topics.IMPACT_COUNTS, prefix, newest));
        }
    }

    /** Returns the counts of a cell; zeros if it has none. */
    public ImpactCounts counts(Cell cell) {
        CellCounts found = counts.get(cell.key());
        return found == null ? ImpactCounts.ZERO : found.counts();
    }

    /** Returns the counts by cell key, without their times. */
    public SortedMap<String, ImpactCounts> plainCounts() {
        SortedMap<String, ImpactCounts> plain = new TreeMap<>();
        counts.forEach((key, cell) -> plain.put(key, cell.counts()));
        return plain;
    }

    /** Event time of the latest change of any count, epoch milliseconds; {@link Long#MIN_VALUE} if there are no counts. */
    public long asOf() {
        return counts.values().stream().mapToLong(CellCounts::asOf).max().orElse(Long.MIN_VALUE);
    }

    private static void remember(Map<String, byte[]> newest, ConsumerRecord<byte[], byte[]> record) {
        String key = new String(record.key(), UTF_8);
        if (record.value() == null) {
            newest.remove(key);
        } else {
            newest.put(key, record.value());
        }
    }

    private static <V> SortedMap<String, V> decode(
            KnockonSerdes serdes, Topic<V> topic, String prefix, Map<String, Map<String, byte[]>> newest) {
        String name = topic.name(prefix);
        Deserializer<V> deserializer = serdes.value(topic).deserializer();
        SortedMap<String, V> decoded = new TreeMap<>();
        newest.getOrDefault(name, Map.of())
                .forEach((key, bytes) -> decoded.put(key, topic.keyed(key, deserializer.deserialize(name, bytes))));
        return decoded;
    }
}
