package org.knockon.benchmarks.harness;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.schemas.CellCounts;
import org.knockon.schemas.Topics;
import org.knockon.schemas.serde.KnockonSerdes;

/** The published counts as a committed reader sees them. */
public final class CountsReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(20);

    private final KnockonSerdes serdes;
    private final Deserializer<CellCounts> deserializer;
    private final TopicReader reader;
    private final Map<Cell, ImpactCounts> cells = new HashMap<>();

    public CountsReader(String prefix, Map<String, Object> client) {
        serdes = new KnockonSerdes(client);
        deserializer = serdes.value(Topics.IMPACT_COUNTS).deserializer();
        reader = TopicReader.committed(client, Topics.IMPACT_COUNTS.name(prefix));
    }

    /** The counts of one cell, after another poll. */
    public ImpactCounts of(Cell cell) {
        return all().getOrDefault(cell, ImpactCounts.ZERO);
    }

    /** All counts after another poll; a view that later calls change. */
    public Map<Cell, ImpactCounts> all() {
        reader.poll(
                POLL,
                record -> cells.put(
                        Cell.parse(record.key()),
                        deserializer.deserialize(record.topic(), record.value()).counts()));
        return cells;
    }

    @Override
    public void close() {
        reader.close();
        serdes.close();
    }
}
