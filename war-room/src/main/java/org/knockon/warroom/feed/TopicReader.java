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
 * Tells a board what the topics say: every partition from its beginning, committed records only, without a group, so that any number of
 * war rooms disturb neither each other nor the pipeline. For one thread, but for {@link #wakeup}.
 */
final class TopicReader implements AutoCloseable {

    static final List<Topic<?>> READ = List.of(
            Topics.SYSTEMS,
            Topics.CARE_SERVICES,
            Topics.OUTAGES,
            Topics.IMPACT_COUNTS,
            Topics.IMPACT_HISTORY,
            Topics.SYSTEM_HEALTH);

    /** All observations are read once more no oftener than this. */
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(30);

    private static final Runnable NOTHING = () -> {};

    private final Board board;
    private final KnockonSerdes serdes;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Decoder> decoders = new HashMap<>();
    private final Map<TopicPartition, Long> endsAtStart;
    private final Map<TopicPartition, Long> beginnings;
    private final Map<TopicPartition, Long> lastRead = new HashMap<>();
    private final SkippedRecords bad = new SkippedRecords();
    private final List<TopicPartition> observations;
    private boolean observationsWait;
    private long toldAgainAt = System.nanoTime() - AGAIN_AFTER.toNanos();

    /**
     * @param latest the latest instant at which counts may stand, epoch milliseconds
     * @throws KafkaException when a topic does not exist or the broker does not answer
     */
    TopicReader(Map<String, Object> client, String prefix, Board board, LongSupplier latest) {
        this(client, prefix, board, latest, READ);
    }

    /** @param wanted some of {@link #READ} */
    TopicReader(Map<String, Object> client, String prefix, Board board, LongSupplier latest, List<Topic<?>> wanted) {
        this.board = board;
        serdes = new KnockonSerdes(client);
        RecordChecks plausible = new RecordChecks(latest);
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
            CellCounts read = cell == null ? null : plausible.counts(cell);
            return read == null ? NOTHING : () -> board.counts(read.cell(), read.counts(), read.asOf());
        });
        decoder(Topics.IMPACT_HISTORY, prefix, (key, cell) -> {
            CellCounts read = cell == null ? null : plausible.counts(cell);
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
            // Counts tell the clock by which observations are judged.
            consumer.pause(observations);
            observationsWait = true;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Settings of a reader of committed records, without a group. */
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
                throw new KafkaException("there is no topic " + topic);
            }
            found.forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
        }
        return partitions;
    }

    /**
     * Tells the board what has come, holding its lock, if need be after a wait; returns how many records came.
     *
     * @throws KafkaException when that cannot be told, and never will be by this reader: so too while no registry answers
     */
    int read(Duration atMost) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(atMost);
        List<Decoded> decoded = new ArrayList<>(records.count());
        // Before the lock is taken: nobody who looks at the board shall wait for a registry.
        records.forEach(record -> decoded.add(new Decoded(record, decoded(record))));
        boolean again;
        synchronized (board) {
            decoded.forEach(this::apply);
            again = System.nanoTime() - toldAgainAt >= AGAIN_AFTER.toNanos() && board.missesObservations();
        }
        if (again) {
            toldAgainAt = System.nanoTime();
            consumer.seekToBeginning(observations);
        }
        if (observationsWait && readToEnd(partition -> !observations.contains(partition))) {
            observationsWait = false;
            consumer.resume(observations);
        }
        return records.count();
    }

    /** Whether everything has been read that was there at the start. */
    boolean caughtUp() {
        return !observationsWait && readToEnd(partition -> true);
    }

    private boolean readToEnd(Predicate<TopicPartition> wanted) {
        return endsAtStart.entrySet().stream()
                .filter(end -> wanted.test(end.getKey()))
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** What the board was made of; only while holding its lock does it belong to what the board says. */
    BoardSnapshot.Read record() {
        List<OffsetRange> spans = beginnings.entrySet().stream()
                .map(begun -> new OffsetRange(
                        begun.getKey().topic(),
                        begun.getKey().partition(),
                        begun.getValue(),
                        lastRead.get(begun.getKey())))
                .sorted(Comparator.comparing(OffsetRange::topic).thenComparing(OffsetRange::partition))
                .toList();
        return new BoardSnapshot.Read(spans, bad.count());
    }

    /** Records that could not be decoded, and so are not on the board. */
    long unreadable() {
        return bad.count();
    }

    void wakeup() {
        consumer.wakeup();
    }

    /** What is to be done with the board for it; nothing for a bad record. One bad record costs one record, whatever is in it. */
    private Runnable decoded(ConsumerRecord<byte[], byte[]> record) {
        try {
            return decoders.get(record.topic()).decode(record);
        } catch (RuntimeException e) {
            if (RegistryUnavailableException.isBehind(e)) {
                throw e;
            }
            bad.skipped(record, inOurWords(e));
            return NOTHING;
        }
    }

    private void apply(Decoded one) {
        lastRead.merge(new TopicPartition(one.record.topic(), one.record.partition()), one.record.offset(), Math::max);
        try {
            one.effect.run();
        } catch (RuntimeException e) {
            bad.skipped(one.record, inOurWords(e));
        }
    }

    /** What we foresaw says why; what we did not may quote the record. */
    static String inOurWords(RuntimeException fault) {
        return fault instanceof SerializationException
                ? fault.getMessage()
                : fault.getClass().getSimpleName();
    }

    private <V> void decoder(Topic<V> topic, String prefix, BiFunction<String, V, Runnable> effect) {
        String name = topic.name(prefix);
        var deserializer = serdes.value(topic).deserializer();
        decoders.put(name, record -> {
            if (record.key() == null) {
                throw new SerializationException("a record without a key");
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
