package org.knockon.warroom.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.knockon.schemas.AssessedImpact;
import org.knockon.schemas.Topics;
import org.knockon.schemas.reading.CommittedReader;
import org.knockon.schemas.reading.MissingTopicException;
import org.knockon.schemas.registry.RegistryUnavailableException;
import org.knockon.schemas.serde.KnockonSerdes;
import org.knockon.warroom.board.AffectedAppointments;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code care-impacts} for the appointments of an outage: committed records, from the beginning to the end of the
 * topic at the time of the request. One read at a time, because each reads the whole topic. Thread-safe.
 */
final class AffectedAppointmentsReader {

    /** More than anyone can work through. */
    static final int MAX_LISTED = 50_000;

    /**
     * Part-way through a read an outage has far more appointments than at the end: all that were ever at risk. About 75
     * MB if full, with the ids of rows that are left out.
     */
    private static final int MAX_HELD = 200_000;

    private static final Logger LOG = LoggerFactory.getLogger(AffectedAppointmentsReader.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> client;
    private final String topic;
    private final String busy;
    private final Semaphore permit = new Semaphore(1);

    /** @param busy message of the exception while another read is in progress */
    AffectedAppointmentsReader(Map<String, Object> client, String prefix, String busy) {
        this.client = client;
        this.busy = busy;
        topic = Topics.CARE_IMPACTS.name(prefix);
    }

    /** @throws BusyException if a read is in progress already, takes too long or fails */
    AffectedAppointments.Rows read(String outageId) {
        if (!permit.tryAcquire()) {
            throw new BusyException(busy);
        }
        try (KnockonSerdes serdes = new KnockonSerdes(client);
                CommittedReader reader = new CommittedReader(TopicReader.smallFetches(client), List.of(topic))) {
            AffectedAppointments affected = new AffectedAppointments(outageId, MAX_HELD);
            readTo(reader, affected, serdes.value(Topics.CARE_IMPACTS).deserializer());
            return affected.rows();
        } catch (MissingTopicException e) {
            throw new BusyException(e.getMessage());
        } catch (KafkaException e) {
            LOG.warn("could not read {}: {}", topic, e.toString());
            throw new BusyException("could not read the topic of the appointments");
        } finally {
            permit.release();
        }
    }

    private static void readTo(
            CommittedReader reader, AffectedAppointments affected, Deserializer<AssessedImpact> deserializer) {
        Map<TopicPartition, Long> ends = reader.ends();
        SkippedRecords skipped = new SkippedRecords();
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!reader.reached(ends)) {
            requireBefore(deadline);
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                accept(record, affected, skipped, deserializer);
                requireBefore(deadline);
            }
        }
    }

    private static void requireBefore(long deadline) {
        if (System.nanoTime() - deadline > 0) {
            throw new BusyException("reading the appointments took longer than " + TIMEOUT.toSeconds() + " s");
        }
    }

    private static void accept(
            ConsumerRecord<byte[], byte[]> record,
            AffectedAppointments affected,
            SkippedRecords skipped,
            Deserializer<AssessedImpact> deserializer) {
        try {
            if (record.key() == null) {
                throw new SerializationException("record has no key");
            }
            RecordChecks.size(new String(record.key(), UTF_8), record.value());
            AssessedImpact assessed = deserializer.deserialize(record.topic(), record.value());
            affected.accept(new String(record.key(), UTF_8), assessed == null ? null : assessed.impact());
        } catch (RuntimeException e) {
            if (RegistryUnavailableException.isBehind(e)) {
                throw e;
            }
            // A bad record costs one record only, and the list says that it is incomplete.
            affected.skipRecord();
            skipped.add(record, TopicReader.safeMessage(e));
        }
    }
}
