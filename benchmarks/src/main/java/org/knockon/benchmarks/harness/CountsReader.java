package org.knockon.benchmarks.harness;

import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.schemas.CellCounts;
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

/** The counts as a committed reader sees them. */
public final class CountsReader implements AutoCloseable {

    private final KnockonSerdes serdes;
    private final Consumer<String, byte[]> consumer;
    private final Deserializer<CellCounts> countsOf;
    private final Map<Cell, ImpactCounts> cells = new HashMap<>();

    public CountsReader(String prefix, Map<String, Object> client) {
        serdes = new KnockonSerdes(client);
        countsOf = serdes.value(Topics.IMPACT_COUNTS).deserializer();
        Map<String, Object> committed = new HashMap<>(client);
        committed.put("isolation.level", "read_committed");
        consumer = new KafkaConsumer<>(committed, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.IMPACT_COUNTS.name(prefix)).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** What stands there now. */
    ImpactCounts of(Cell cell) {
        read();
        return cells.getOrDefault(cell, ImpactCounts.ZERO);
    }

    /** All that stands there now; a view that goes on with the next call. */
    public Map<Cell, ImpactCounts> all() {
        read();
        return cells;
    }

    long sumOfServices() {
        read();
        return cells.entrySet().stream()
                .filter(entry -> entry.getKey().dimension() == Dimension.SERVICE)
                .mapToLong(entry -> entry.getValue().atRisk())
                .sum();
    }

    private void read() {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(20))) {
            cells.put(
                    Cell.parse(record.key()),
                    countsOf.deserialize(record.topic(), record.value()).counts());
        }
    }

    @Override
    public void close() {
        consumer.close();
        serdes.close();
    }
}
