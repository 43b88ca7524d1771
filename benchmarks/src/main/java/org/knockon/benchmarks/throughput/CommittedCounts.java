package org.knockon.benchmarks.throughput;

import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.schemas.CellCounts;
import org.knockon.schemas.Topics;
import org.knockon.schemas.reading.CommittedReader;
import org.knockon.schemas.serde.KnockonSerdes;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.LongDeserializer;

/** The counts by service and of all as a committed reader sees them, whoever publishes them; what is zero is left out. */
public final class CommittedCounts implements AutoCloseable {

    /** One record's cell and count; empty for cells that are not compared. */
    private interface Reading extends BiFunction<String, ConsumerRecord<byte[], byte[]>, Optional<Map.Entry<String, Long>>> {}

    private final CommittedReader reader;
    private final Reading reading;
    private final Map<String, Long> counts = new HashMap<>();
    private long records;

    private CommittedCounts(String topic, Map<String, Object> client, Reading reading) {
        this.reading = reading;
        Map<String, Object> committed = new HashMap<>(client);
        committed.put("fetch.max.wait.ms", 10);
        reader = new CommittedReader(committed, List.of(topic));
    }

    public static CommittedCounts ofKnockon(String prefix, Map<String, Object> client, KnockonSerdes serdes) {
        Deserializer<CellCounts> values = serdes.value(Topics.IMPACT_COUNTS).deserializer();
        return new CommittedCounts(Topics.IMPACT_COUNTS.name(prefix), client, (key, record) -> {
            Cell cell = Cell.parse(key);
            return cell.dimension() == Dimension.SERVICE || cell.equals(Cell.ALL)
                    ? Optional.of(Map.entry(
                            cell.dimension() == Dimension.SERVICE ? cell.value() : key,
                            values.deserialize(record.topic(), record.value())
                                    .counts()
                                    .atRisk()))
                    : Optional.empty();
        });
    }

    public static CommittedCounts ofPeer(String topic, Map<String, Object> client) {
        Deserializer<Long> values = new LongDeserializer();
        return new CommittedCounts(
                topic,
                client,
                (key, record) -> Optional.of(Map.entry(
                        key,
                        record.value() == null ? 0L : values.deserialize(record.topic(), record.value()))));
    }

    /**
     * Reads until exactly these stand there, and a second longer to see that they stay.
     *
     * @param alive whether the program that counts still runs
     * @return when they stood there first, by {@link System#nanoTime()}
     */
    public long await(Map<String, Long> expected, BooleanSupplier alive, Duration longest) throws TimeoutException {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!counts.equals(expected)) {
            read();
            if (!alive.getAsBoolean()) {
                throw new IllegalStateException("the program ended by itself");
            }
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("counts are not exact: " + counts + " instead of " + expected);
            }
        }
        long reached = System.nanoTime();
        while (System.nanoTime() < reached + Duration.ofSeconds(1).toNanos()) {
            read();
        }
        if (!counts.equals(expected)) {
            throw new IllegalStateException("counts were exact, but did not stay so: " + counts);
        }
        return reached;
    }

    /**
     * Reads to the end as it is now and requires that exactly these stand there still.
     *
     * @throws IllegalStateException when others do: the run does not count
     */
    public void require(Map<String, Long> expected) {
        Map<TopicPartition, Long> ends = reader.ends();
        while (!reader.reached(ends)) {
            read();
        }
        if (!counts.equals(expected)) {
            throw new IllegalStateException(
                    "counts were exact, but not at rest: " + counts + " instead of " + expected);
        }
    }

    /** Number of records read so far, those of cells that are not compared included. */
    public long records() {
        return records;
    }

    private void read() {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(5))) {
            records++;
            reading.apply(new String(record.key(), StandardCharsets.UTF_8), record).ifPresent(count -> {
                if (count.getValue() == 0) {
                    counts.remove(count.getKey());
                } else {
                    counts.put(count.getKey(), count.getValue());
                }
            });
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
