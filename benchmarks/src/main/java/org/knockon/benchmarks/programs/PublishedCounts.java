package org.knockon.benchmarks.programs;

import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.schemas.CellCounts;
import org.knockon.schemas.Topics;
import org.knockon.schemas.serde.KnockonSerdes;


import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The counts by service and of all as a committed reader sees them, whoever publishes them; what is zero is left out. */
public final class PublishedCounts implements AutoCloseable {

    /** One record's cell and count; empty for cells that are not compared. */
    private interface Reading extends Function<ConsumerRecord<String, byte[]>, Optional<Map.Entry<String, Long>>> {}

    private final Consumer<String, byte[]> consumer;
    private final Reading reading;
    private final Map<String, Long> counts = new HashMap<>();
    private long records;

    private PublishedCounts(String topic, Map<String, Object> client, Reading reading) {
        this.reading = reading;
        Map<String, Object> committed = new HashMap<>(client);
        committed.put("isolation.level", "read_committed");
        committed.put("fetch.max.wait.ms", 10);
        consumer = new KafkaConsumer<>(committed, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    public static PublishedCounts ofKnockon(String prefix, Map<String, Object> client, KnockonSerdes serdes) {
        Deserializer<CellCounts> values = serdes.value(Topics.IMPACT_COUNTS).deserializer();
        return new PublishedCounts(Topics.IMPACT_COUNTS.name(prefix), client, record -> {
            Cell cell = Cell.parse(record.key());
            return cell.dimension() == Dimension.SERVICE || cell.equals(Cell.ALL)
                    ? Optional.of(Map.entry(
                            cell.dimension() == Dimension.SERVICE ? cell.value() : record.key(),
                            values.deserialize(record.topic(), record.value())
                                    .counts()
                                    .atRisk()))
                    : Optional.empty();
        });
    }

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
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
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
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(5))) {
            records++;
            reading.apply(record).ifPresent(count -> {
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
        consumer.close();
    }
}
