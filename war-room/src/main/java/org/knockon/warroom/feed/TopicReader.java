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
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.schemas.CellCounts;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
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
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Decoder> decoders = new HashMap<>();
    private final Map<TopicPartition, Long> endsAtStart;
    private final Map<TopicPartition, Long> beginnings;
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
        consumer = new KafkaConsumer<>(committed(client), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions = partitions();
            String observed = Topics.SYSTEM_HEALTH.name(prefix);
            observations = partitions.stream()
                    .filter(partition -> partition.topic().equals(observed))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            beginnings = consumer.beginningOffsets(partitions);
            endsAtStart = consumer.endOffsets(partitions);
            // Counts first: they set the clock up to which observations are accepted.
            consumer.pause(observations);
            observationsPaused = true;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Settings of a consumer of committed records without a group. */
    static Map<String, Object> committed(Map<String, Object> client) {
        Map<String, Object> config = new HashMap<>(client);
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        config.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        return config;
    }

    private List<TopicPartition> partitions() {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : decoders.keySet()) {
            var found = consumer.partitionsFor(topic);
            if (found == null || found.isEmpty()) {
                throw new KafkaException("topic " + topic + " does not exist");
            }
            found.forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
        }
        return partitions;
    }

    /**
     * Waits for records if necessary and applies them to the board, under its lock. Returns the number of records.
     *
     * @throws KafkaException if reading fails, also if the registry does not respond. This reader must not be used
     *     again.
     */
    int read(Duration atMost) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(atMost);
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
            consumer.seekToBeginning(observations);
        }
        if (observationsPaused && readToEnd(partition -> !observations.contains(partition))) {
            observationsPaused = false;
            consumer.resume(observations);
        }
        return records.count();
    }

    /** Whether everything that was on the topics at the start has been read. */
    boolean caughtUp() {
        return !observationsPaused && readToEnd(partition -> true);
    }

    private boolean readToEnd(Predicate<TopicPartition> wanted) {
        return endsAtStart.entrySet().stream()
                .filter(end -> wanted.test(end.getKey()))
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** The records that the board was made from. Consistent with the board only while holding its lock. */
    BoardSnapshot.Input input() {
        List<OffsetRange> offsets = beginnings.entrySet().stream()
                .map(begun -> new OffsetRange(
                        begun.getKey().topic(),
                        begun.getKey().partition(),
                        begun.getValue(),
                        lastRead.get(begun.getKey())))
                .sorted(Comparator.comparing(OffsetRange::topic).thenComparing(OffsetRange::partition))
                .toList();
        return new BoardSnapshot.Input(offsets, skipped.count());
    }

    /** Number of records that could not be decoded and are missing from the board. */
    long unreadable() {
        return skipped.count();
    }

    void wakeup() {
        consumer.wakeup();
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
        consumer.close();
        serdes.close();
    }

    private record Decoded(ConsumerRecord<byte[], byte[]> record, Runnable effect) {}

    private interface Decoder {
        Runnable decode(ConsumerRecord<byte[], byte[]> record);
    }
}
