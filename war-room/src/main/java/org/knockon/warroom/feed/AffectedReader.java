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
import org.knockon.warroom.board.Affected;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code care-impacts} when somebody asks for the appointments of an outage: committed records, from the beginning to where the
 * topic ends then. One at a time, for each reads the whole topic. For any thread.
 */
final class AffectedReader {

    /** More than any list somebody works through. */
    static final int MOST_LISTED = 50_000;

    /**
     * While it is read, an outage has far more appointments than it has in the end: all that were at risk when they were looked at.
     * Some 75 MB when all are held, with the ids left out.
     */
    private static final int MOST_HELD = 200_000;

    private static final Logger LOG = LoggerFactory.getLogger(AffectedReader.class);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> client;
    private final String topic;
    private final String busy;
    private final Semaphore turn = new Semaphore(1);

    /** @param busy what is said to whoever asks while another reads */
    AffectedReader(Map<String, Object> client, String prefix, String busy) {
        this.client = client;
        this.busy = busy;
        topic = Topics.CARE_IMPACTS.name(prefix);
    }

    /** @throws BusyException when this reads already, or reading takes too long or fails */
    Affected.Rows read(String outageId) {
        if (!turn.tryAcquire()) {
            throw new BusyException(busy);
        }
        try (KnockonSerdes serdes = new KnockonSerdes(client);
                CommittedReader reader = new CommittedReader(TopicReader.smallFetches(client), List.of(topic))) {
            Affected affected = new Affected(outageId, MOST_HELD);
            readTo(reader, affected, serdes.value(Topics.CARE_IMPACTS).deserializer());
            return affected.rows();
        } catch (MissingTopicException e) {
            throw new BusyException(e.getMessage());
        } catch (KafkaException e) {
            LOG.warn("cannot read {}: {}", topic, e.toString());
            throw new BusyException("the topic of the appointments cannot be read");
        } finally {
            turn.release();
        }
    }

    private static void readTo(CommittedReader reader, Affected affected, Deserializer<AssessedImpact> deserializer) {
        Map<TopicPartition, Long> ends = reader.ends();
        BadRecords bad = new BadRecords();
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!reader.reached(ends)) {
            requireBefore(deadline);
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
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
            BadRecords bad,
            Affected affected,
            ConsumerRecord<byte[], byte[]> record,
            Deserializer<AssessedImpact> deserializer) {
        try {
            if (record.key() == null) {
                throw new SerializationException("a record without a key");
            }
            Plausible.size(new String(record.key(), UTF_8), record.value());
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
