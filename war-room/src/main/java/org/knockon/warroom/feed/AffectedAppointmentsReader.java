package org.knockon.warroom.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.knockon.schemas.AssessedImpact;
import org.knockon.schemas.Topics;
import org.knockon.schemas.registry.RegistryUnavailableException;
import org.knockon.schemas.serde.KnockonSerdes;
import org.knockon.warroom.board.AffectedAppointments;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code care-impacts} when somebody asks for the appointments of an outage: committed records, from the beginning to where the
 * topic ends then. One at a time, for each reads the whole topic. For any thread.
 */
final class AffectedAppointmentsReader {

    /** More than any list somebody works through. */
    static final int MOST_LISTED = 50_000;

    /**
     * While it is read, an outage has far more appointments than it has in the end: all that were at risk when they were looked at.
     * Some 75 MB when all are held, with the ids left out.
     */
    private static final int MOST_HELD = 200_000;

    private static final Logger LOG = LoggerFactory.getLogger(AffectedAppointmentsReader.class);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> client;
    private final String topic;
    private final String busy;
    private final Semaphore turn = new Semaphore(1);

    /** @param busy what is said to whoever asks while another reads */
    AffectedAppointmentsReader(Map<String, Object> client, String prefix, String busy) {
        this.client = client;
        this.busy = busy;
        topic = Topics.CARE_IMPACTS.name(prefix);
    }

    /** @throws BusyException when this reads already, or reading takes too long or fails */
    AffectedAppointments.Rows read(String outageId) {
        if (!turn.tryAcquire()) {
            throw new BusyException(busy);
        }
        try (KnockonSerdes serdes = new KnockonSerdes(client);
                KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        TopicReader.committed(client), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            AffectedAppointments affected = new AffectedAppointments(outageId, MOST_HELD);
            readTo(consumer, affected, serdes.value(Topics.CARE_IMPACTS).deserializer());
            return affected.rows();
        } catch (KafkaException e) {
            LOG.warn("cannot read {}: {}", topic, e.toString());
            throw new BusyException("the topic of the appointments cannot be read");
        } finally {
            turn.release();
        }
    }

    private void readTo(
            KafkaConsumer<byte[], byte[]> consumer, AffectedAppointments affected, Deserializer<AssessedImpact> deserializer) {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
            throw new BusyException("there is no topic " + topic);
        }
        List<TopicPartition> partitions = found.stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        SkippedRecords bad = new SkippedRecords();
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
            requireBefore(deadline);
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                tell(bad, affected, record, deserializer);
                requireBefore(deadline);
            }
        }
    }

    private static void requireBefore(long deadline) {
        if (System.nanoTime() - deadline > 0) {
            throw new BusyException("reading the appointments took longer than " + LONGEST.toSeconds() + " s");
        }
    }

    private static void tell(
            SkippedRecords bad,
            AffectedAppointments affected,
            ConsumerRecord<byte[], byte[]> record,
            Deserializer<AssessedImpact> deserializer) {
        try {
            if (record.key() == null) {
                throw new SerializationException("a record without a key");
            }
            RecordChecks.size(new String(record.key(), UTF_8), record.value());
            AssessedImpact assessed = deserializer.deserialize(record.topic(), record.value());
            affected.tell(new String(record.key(), UTF_8), assessed == null ? null : assessed.impact());
        } catch (RuntimeException e) {
            if (RegistryUnavailableException.isBehind(e)) {
                throw e;
            }
            // One bad record costs one record, and whoever works through the list is told.
            affected.missed();
            bad.skipped(record, TopicReader.inOurWords(e));
        }
    }
}
