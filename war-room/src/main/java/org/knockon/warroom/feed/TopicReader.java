package org.knockon.warroom.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.schemas.CellCounts;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.reading.CommittedReader;
import org.knockon.schemas.reading.ReadableRange;
import org.knockon.schemas.registry.RegistryUnavailableException;
import org.knockon.schemas.serde.KnockonSerdes;
import org.knockon.warroom.board.Board;
import org.knockon.warroom.board.BoardSnapshot;
import org.knockon.warroom.board.OffsetRange;

/**
 * Feeds a board from the topics: every partition from its beginning, committed records only, without a consumer group,
 * so that any number of war rooms disturb neither each other nor the pipeline. Not thread-safe, except {@link #wakeup}.
 */
final class TopicReader implements AutoCloseable {

    static final List<Topic<?>> READ = List.of(
            Topics.SYSTEMS,
            Topics.CARE_SERVICES,
            Topics.OUTAGES,
            Topics.IMPACT_COUNTS,
            Topics.IMPACT_HISTORY,
            Topics.SYSTEM_HEALTH);

    /** Minimum time between two full reads of the observations. */
    private static final Duration REREAD_INTERVAL = Duration.ofSeconds(30);

    private static final Runnable NOTHING = () -> {};

    private final Board board;
    private final KnockonSerdes serdes;
    private final CommittedReader reader;
    private final Map<String, Decoder> decoders = new HashMap<>();
    private final Map<TopicPartition, ReadableRange> rangesAtStart;
    private final Map<TopicPartition, Long> lastRead = new HashMap<>();
    private final SkippedRecords skipped = new SkippedRecords();
    private final List<TopicPartition> observations;
    private boolean observationsPaused;
    private long rereadAt = System.nanoTime() - REREAD_INTERVAL.toNanos();

    /**
     * @param latest supplies the latest accepted time of counts, epoch milliseconds
     * @throws KafkaException if a topic does not exist or the broker does not respond
     */
    TopicReader(Map<String, Object> client, String prefix, Board board, LongSupplier latest) {
        this(client, prefix, board, latest, READ);
    }

    /** @param wanted subset of {@link #READ} */
    TopicReader(Map<String, Object> client, String prefix, Board board, LongSupplier latest, List<Topic<?>> wanted) {
        this.board = board;
        serdes = new KnockonSerdes(client);
        RecordChecks checks = new RecordChecks(latest);
        decoder(Topics.SYSTEMS, prefix, (key, system) -> {
            MonitoredSystem read = system == null ? null : RecordChecks.system(system);
            return () -> board.system(key, read);
        });
        decoder(Topics.CARE_SERVICES, prefix, (key, service) -> {
            CareService read = service == null ? null : RecordChecks.service(service);
            return () -> board.service(key, read);
        });
        decoder(Topics.OUTAGES, prefix, (key, outage) -> {
            PublishedOutage read = outage == null ? null : RecordChecks.outage(key, outage);
            return () -> board.outage(key, read);
        });
        decoder(Topics.IMPACT_COUNTS, prefix, (key, cell) -> {
            CellCounts read = cell == null ? null : checks.counts(cell);
            return read == null ? NOTHING : () -> board.counts(read.cell(), read.counts(), read.asOf());
        });
        decoder(Topics.IMPACT_HISTORY, prefix, (key, cell) -> {
            CellCounts read = cell == null ? null : checks.counts(cell);
            return read == null ? NOTHING : () -> board.history(read.cell(), read.counts(), read.asOf());
        });
        decoder(Topics.SYSTEM_HEALTH, prefix, (key, seen) -> {
            Observation read = seen == null ? null : RecordChecks.observation(seen);
            return read == null ? NOTHING : () -> board.observation(read);
        });
        decoders.keySet()
                .retainAll(wanted.stream().map(topic -> topic.name(prefix)).toList());
        reader = open(smallFetches(client));
        try {
            String observed = Topics.SYSTEM_HEALTH.name(prefix);
            observations = reader.partitions().stream()
                    .filter(partition -> partition.topic().equals(observed))
                    .toList();
            rangesAtStart = reader.ranges();
            // Counts first: they set the clock up to which observations are accepted.
            reader.pause(observations);
            observationsPaused = true;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private CommittedReader open(Map<String, Object> client) {
        try {
            return new CommittedReader(client, decoders.keySet());
        } catch (RuntimeException e) {
            serdes.close();
            throw e;
        }
    }

    /** Kafka's own fetch size, a quarter of the reader's: the war room has little memory. */
    static Map<String, Object> smallFetches(Map<String, Object> client) {
        Map<String, Object> config = new HashMap<>(client);
        config.putIfAbsent(
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, ConsumerConfig.DEFAULT_MAX_PARTITION_FETCH_BYTES);
        return config;
    }

    /**
     * Waits for records if necessary and applies them to the board, under its lock. Returns the number of records.
     *
     * @throws KafkaException if reading fails, also if the registry does not respond. This reader must not be used
     *     again.
     */
    int read(Duration atMost) {
        ConsumerRecords<byte[], byte[]> records = reader.poll(atMost);
        List<Decoded> decoded = new ArrayList<>(records.count());
        // Decode before taking the lock: a slow registry must not block readers of the board.
        records.forEach(record -> decoded.add(new Decoded(record, decoded(record))));
        boolean again;
        synchronized (board) {
            decoded.forEach(this::apply);
            again = System.nanoTime() - rereadAt >= REREAD_INTERVAL.toNanos() && board.needsObservationsAgain();
        }
        if (again) {
            rereadAt = System.nanoTime();
            reader.seekToBeginning(observations);
        }
        if (observationsPaused && readToEnd(partition -> !observations.contains(partition))) {
            observationsPaused = false;
            reader.resume(observations);
        }
        return records.count();
    }

    /** Whether everything that was on the topics at the start has been read. */
    boolean caughtUp() {
        return !observationsPaused && readToEnd(partition -> true);
    }

    private boolean readToEnd(Predicate<TopicPartition> wanted) {
        Map<TopicPartition, Long> ends = new HashMap<>();
        rangesAtStart.forEach((partition, range) -> {
            if (wanted.test(partition)) {
                ends.put(partition, range.end());
            }
        });
        return reader.reached(ends);
    }

    /** The records that the board was made from. Consistent with the board only while holding its lock. */
    BoardSnapshot.Input input() {
        List<OffsetRange> offsets = rangesAtStart.values().stream()
                .map(range -> new OffsetRange(
                        range.partition().topic(),
                        range.partition().partition(),
                        range.begin(),
                        lastRead.get(range.partition())))
                .sorted(Comparator.comparing(OffsetRange::topic).thenComparing(OffsetRange::partition))
                .toList();
        return new BoardSnapshot.Input(offsets, skipped.count());
    }

    /** Number of records that could not be decoded and are missing from the board. */
    long unreadable() {
        return skipped.count();
    }

    void wakeup() {
        reader.wakeup();
    }

    /**
     * The change that a record makes to the board. A bad record makes none, and costs nothing but itself, whatever it
     * contains.
     */
    private Runnable decoded(ConsumerRecord<byte[], byte[]> record) {
        try {
            return decoders.get(record.topic()).decode(record);
        } catch (RuntimeException e) {
            if (RegistryUnavailableException.isBehind(e)) {
                throw e;
            }
            skipped.add(record, safeMessage(e));
            return NOTHING;
        }
    }

    private void apply(Decoded one) {
        lastRead.merge(new TopicPartition(one.record.topic(), one.record.partition()), one.record.offset(), Math::max);
        try {
            one.effect.run();
        } catch (RuntimeException e) {
            skipped.add(one.record, safeMessage(e));
        }
    }

    /** A message that does not quote the record: those of a SerializationException never do, others may. */
    static String safeMessage(RuntimeException e) {
        return e instanceof SerializationException
                ? e.getMessage()
                : e.getClass().getSimpleName();
    }

    private <V> void decoder(Topic<V> topic, String prefix, BiFunction<String, V, Runnable> effect) {
        String name = topic.name(prefix);
        var deserializer = serdes.value(topic).deserializer();
        decoders.put(name, record -> {
            if (record.key() == null) {
                throw new SerializationException("record has no key");
            }
            String key = new String(record.key(), UTF_8);
            RecordChecks.size(key, record.value());
            return effect.apply(key, topic.keyed(key, deserializer.deserialize(name, record.value())));
        });
    }

    @Override
    public void close() {
        reader.close();
        serdes.close();
    }

    private record Decoded(ConsumerRecord<byte[], byte[]> record, Runnable effect) {}

    private interface Decoder {
        Runnable decode(ConsumerRecord<byte[], byte[]> record);
    }
}
