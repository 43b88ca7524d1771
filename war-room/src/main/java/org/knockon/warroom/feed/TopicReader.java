package org.knockon.warroom.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.knockon.impact.model.Observation;
import org.knockon.schemas.CellCounts;
import org.knockon.schemas.KnockonSerdes;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.registry.RegistryUnavailableException;
import org.knockon.warroom.board.Board;
import org.knockon.warroom.board.ReadSpan;
import org.knockon.warroom.board.Standing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);

    private final Board board;
    private final KnockonSerdes serdes;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Decoder> decoders = new HashMap<>();
    private final Map<TopicPartition, Long> endsAtStart;
    private final Map<TopicPartition, Long> beginnings;
    private final Map<TopicPartition, Long> lastRead = new HashMap<>();
    private long unreadable;

    /** @throws KafkaException when a topic does not exist or the broker does not answer */
    TopicReader(Map<String, Object> client, String prefix, Board board) {
        this(client, prefix, board, READ);
    }

    /** @param wanted some of {@link #READ} */
    TopicReader(Map<String, Object> client, String prefix, Board board, List<Topic<?>> wanted) {
        this.board = board;
        serdes = new KnockonSerdes(client);
        decoder(Topics.SYSTEMS, prefix, board::system);
        decoder(Topics.CARE_SERVICES, prefix, board::service);
        decoder(Topics.OUTAGES, prefix, board::outage);
        decoder(Topics.IMPACT_COUNTS, prefix, (key, counts) -> counts(counts));
        decoder(Topics.IMPACT_HISTORY, prefix, (key, counts) -> history(counts));
        decoder(Topics.SYSTEM_HEALTH, prefix, (key, seen) -> observation(seen));
        decoders.keySet()
                .retainAll(wanted.stream().map(topic -> topic.name(prefix)).toList());
        consumer = new KafkaConsumer<>(committed(client), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions = partitions();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            beginnings = consumer.beginningOffsets(partitions);
            endsAtStart = consumer.endOffsets(partitions);
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
        List<Runnable> decoded = new ArrayList<>(records.count());
        // Before the lock is taken: nobody who looks at the board shall wait for a registry.
        records.forEach(record -> decoded.add(decoded(record)));
        synchronized (board) {
            decoded.forEach(Runnable::run);
        }
        return records.count();
    }

    /** Whether everything has been read that was there at the start. */
    boolean caughtUp() {
        return endsAtStart.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** What the board was made of; only while holding its lock does it belong to what the board says. */
    Standing.Read record() {
        List<ReadSpan> spans = beginnings.entrySet().stream()
                .map(begun -> new ReadSpan(
                        begun.getKey().topic(),
                        begun.getKey().partition(),
                        begun.getValue(),
                        lastRead.get(begun.getKey())))
                .sorted(Comparator.comparing(ReadSpan::topic).thenComparing(ReadSpan::partition))
                .toList();
        return new Standing.Read(spans, unreadable);
    }

    /** Records that could not be decoded, and so are not on the board. */
    long unreadable() {
        return unreadable;
    }

    void wakeup() {
        consumer.wakeup();
    }

    /** What is to be done with the board for it. */
    private Runnable decoded(ConsumerRecord<byte[], byte[]> record) {
        Runnable told = told(record);
        return () -> {
            lastRead.put(new TopicPartition(record.topic(), record.partition()), record.offset());
            told.run();
        };
    }

    private Runnable told(ConsumerRecord<byte[], byte[]> record) {
        try {
            return decoders.get(record.topic()).decode(record);
        } catch (SerializationException | IllegalArgumentException e) {
            if (RegistryUnavailableException.isBehind(e)) {
                throw e;
            }
            LOG.warn(
                    "cannot read {}-{} at offset {}: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
            // One bad record costs one record.
            return () -> unreadable++;
        }
    }

    private <V> void decoder(Topic<V> topic, String prefix, BiConsumer<String, V> taker) {
        String name = topic.name(prefix);
        var deserializer = serdes.value(topic).deserializer();
        decoders.put(name, record -> {
            if (record.key() == null) {
                throw new SerializationException("a record without a key");
            }
            String key = new String(record.key(), UTF_8);
            V value = topic.keyed(key, deserializer.deserialize(name, record.value()));
            return () -> taker.accept(key, value);
        });
    }

    private void counts(CellCounts counts) {
        if (counts != null) {
            board.counts(counts.cell(), counts.counts(), counts.asOf());
        }
    }

    private void history(CellCounts counts) {
        if (counts != null) {
            board.history(counts.cell(), counts.counts(), counts.asOf());
        }
    }

    private void observation(Observation seen) {
        if (seen != null && seen.monitor() != null) {
            board.observation(seen);
        }
    }

    @Override
    public void close() {
        consumer.close();
        serdes.close();
    }

    private interface Decoder {
        Runnable decode(ConsumerRecord<byte[], byte[]> record);
    }
}
