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
import org.knockon.warroom.board.ReadSpan;
import org.knockon.warroom.board.Standing;

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
    private final CommittedReader reader;
    private final Map<String, Decoder> decoders = new HashMap<>();
    private final Map<TopicPartition, ReadableRange> rangesAtStart;
    private final Map<TopicPartition, Long> lastRead = new HashMap<>();
    private final BadRecords bad = new BadRecords();
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
        Plausible plausible = new Plausible(latest);
        decoder(Topics.SYSTEMS, prefix, (key, system) -> {
            MonitoredSystem read = system == null ? null : Plausible.system(system);
            return () -> board.system(key, read);
        });
        decoder(Topics.CARE_SERVICES, prefix, (key, service) -> {
            CareService read = service == null ? null : Plausible.service(service);
            return () -> board.service(key, read);
        });
        decoder(Topics.OUTAGES, prefix, (key, outage) -> {
            PublishedOutage read = outage == null ? null : Plausible.outage(key, outage);
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
            Observation read = seen == null ? null : Plausible.observation(seen);
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
            // Counts tell the clock by which observations are judged.
            reader.pause(observations);
            observationsWait = true;
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
     * Tells the board what has come, holding its lock, if need be after a wait; returns how many records came.
     *
     * @throws KafkaException when that cannot be told, and never will be by this reader: so too while no registry answers
     */
    int read(Duration atMost) {
        ConsumerRecords<byte[], byte[]> records = reader.poll(atMost);
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
            reader.seekToBeginning(observations);
        }
        if (observationsWait && readToEnd(partition -> !observations.contains(partition))) {
            observationsWait = false;
            reader.resume(observations);
        }
        return records.count();
    }

    /** Whether everything has been read that was there at the start. */
    boolean caughtUp() {
        return !observationsWait && readToEnd(partition -> true);
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

    /** What the board was made of; only while holding its lock does it belong to what the board says. */
    Standing.Read record() {
        List<ReadSpan> spans = rangesAtStart.values().stream()
                .map(range -> new ReadSpan(
                        range.partition().topic(),
                        range.partition().partition(),
                        range.begin(),
                        lastRead.get(range.partition())))
                .sorted(Comparator.comparing(ReadSpan::topic).thenComparing(ReadSpan::partition))
                .toList();
        return new Standing.Read(spans, bad.count());
    }

    /** Records that could not be decoded, and so are not on the board. */
    long unreadable() {
        return bad.count();
    }

    void wakeup() {
        reader.wakeup();
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
            Plausible.size(key, record.value());
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
