package org.knockon.benchmarks.programs;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.knockon.benchmarks.harness.TopicReader;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.schemas.CellCounts;
import org.knockon.schemas.Topics;
import org.knockon.schemas.serde.KnockonSerdes;

/** The counts by service and in all that a program publishes, as a committed reader sees them. Zeros are left out. */
public final class PublishedCounts implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(5);

    /** One record's cell and count; empty for cells that are not compared. */
    private interface Decoder extends Function<ConsumerRecord<String, byte[]>, Optional<Map.Entry<String, Long>>> {}

    private final TopicReader reader;
    private final Decoder decoder;
    private final Map<String, Long> counts = new HashMap<>();
    private long records;

    private PublishedCounts(String topic, Map<String, Object> client, Decoder decoder) {
        this.decoder = decoder;
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("fetch.max.wait.ms", 10);
        reader = TopicReader.committed(settings, topic);
    }

    public static PublishedCounts ofKnockon(String prefix, Map<String, Object> client, KnockonSerdes serdes) {
        Deserializer<CellCounts> values = serdes.value(Topics.IMPACT_COUNTS).deserializer();
        return new PublishedCounts(Topics.IMPACT_COUNTS.name(prefix), client, record -> {
            Cell cell = Cell.parse(record.key());
            boolean service = cell.dimension() == Dimension.SERVICE;
            if (!service && !cell.equals(Cell.ALL)) {
                return Optional.empty();
            }
            return Optional.of(Map.entry(
                    service ? cell.value() : record.key(),
                    values.deserialize(record.topic(), record.value()).counts().atRisk()));
        });
    }

    /** @param topic with the service as key, or the key of {@link Cell#ALL}, and a long as value */
    public static PublishedCounts ofPeer(String topic, Map<String, Object> client) {
        Deserializer<Long> values = new LongDeserializer();
        return new PublishedCounts(
                topic,
                client,
                record -> Optional.of(Map.entry(
                        record.key(),
                        record.value() == null ? 0L : values.deserialize(record.topic(), record.value()))));
    }

    /**
     * Reads until the counts are exactly these, and a second longer to see that they stay so.
     *
     * @param alive whether the program still runs
     * @return the moment at which they were first exact, by {@link System#nanoTime()}
     */
    public long await(Map<String, Long> expected, BooleanSupplier alive, Duration atMost) throws TimeoutException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!counts.equals(expected)) {
            reader.poll(POLL, this::count);
            if (!alive.getAsBoolean()) {
                throw new IllegalStateException("the program exited by itself");
            }
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("counts are not exact: " + counts + " instead of " + expected);
            }
        }
        long reached = System.nanoTime();
        while (System.nanoTime() < reached + Duration.ofSeconds(1).toNanos()) {
            reader.poll(POLL, this::count);
        }
        if (!counts.equals(expected)) {
            throw new IllegalStateException("counts were exact, but did not stay so: " + counts);
        }
        return reached;
    }

    /**
     * Reads to the current end and requires that the counts are still exactly these.
     *
     * @throws IllegalStateException if not: the run does not count
     */
    public void require(Map<String, Long> expected) {
        reader.readToEnd(this::count);
        if (!counts.equals(expected)) {
            throw new IllegalStateException(
                    "counts were exact, but not once the program was idle: " + counts + " instead of " + expected);
        }
    }

    /** Records read so far, including those of cells that are not compared. */
    public long records() {
        return records;
    }

    private void count(ConsumerRecord<String, byte[]> record) {
        records++;
        decoder.apply(record).ifPresent(count -> {
            if (count.getValue() == 0) {
                counts.remove(count.getKey());
            } else {
                counts.put(count.getKey(), count.getValue());
            }
        });
    }

    @Override
    public void close() {
        reader.close();
    }
}
