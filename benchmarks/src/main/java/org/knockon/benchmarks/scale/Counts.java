package org.knockon.benchmarks.scale;

import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.schemas.CellCounts;
import org.knockon.schemas.Topics;
import org.knockon.schemas.reading.CommittedReader;
import org.knockon.schemas.serde.KnockonSerdes;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** The counts as a committed reader sees them. */
public final class Counts implements AutoCloseable {

    private final KnockonSerdes serdes;
    private final CommittedReader reader;
    private final Deserializer<CellCounts> countsOf;
    private final Map<Cell, ImpactCounts> cells = new HashMap<>();

    public Counts(String prefix, Map<String, Object> client) {
        serdes = new KnockonSerdes(client);
        countsOf = serdes.value(Topics.IMPACT_COUNTS).deserializer();
        reader = new CommittedReader(client, List.of(Topics.IMPACT_COUNTS.name(prefix)));
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
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(20))) {
            cells.put(
                    Cell.parse(new String(record.key(), StandardCharsets.UTF_8)),
                    countsOf.deserialize(record.topic(), record.value()).counts());
        }
    }

    @Override
    public void close() {
        reader.close();
        serdes.close();
    }
}
