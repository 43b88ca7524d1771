package org.knockon.feeds.state;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Deserializer;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.schemas.FeedState;
import org.knockon.schemas.Topics;
import org.knockon.schemas.reading.CommittedReader;
import org.knockon.schemas.registry.RegistryUnavailableException;
import org.knockon.schemas.serde.KnockonSerdes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fills the memory of feeds from the topics that they wrote. */
public final class MemoryReader {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryReader.class);
    private static final String CE_ID = "ce_id";

    private final Map<String, Object> client;
    private final String prefix;

    /**
     * @param client settings of Kafka clients and the registry
     * @param prefix of every topic
     */
    public MemoryReader(Map<String, Object> client, String prefix) {
        this.client = Map.copyOf(client);
        this.prefix = prefix;
    }

    /**
     * Reads everything that is on the topics at the time of the call. No other instance may write at that time.
     *
     * @throws org.apache.kafka.common.KafkaException if the broker or the registry does not answer
     */
    public void readInto(FeedMemory memory) {
        String appointments = Topics.APPOINTMENTS.name(prefix);
        String states = Topics.FEEDS.name(prefix);
        int skipped = 0;
        try (KnockonSerdes serdes = new KnockonSerdes(client);
                CommittedReader reader = new CommittedReader(client, List.of(appointments, states))) {
            Deserializer<AppointmentVersion> versions =
                    serdes.value(Topics.APPOINTMENTS).deserializer();
            Deserializer<FeedState> values = serdes.value(Topics.FEEDS).deserializer();
            int[] unreadable = {0};
            reader.readToEnd(record -> {
                try {
                    if (record.topic().equals(appointments)) {
                        appointment(record, versions, memory);
                    } else {
                        state(record, values, memory);
                    }
                } catch (SerializationException e) {
                    if (RegistryUnavailableException.isBehind(e)) {
                        throw e;
                    }
                    // Of another writer or a newer version. What is bad is reported where it is used, by the pipeline.
                    unreadable[0]++;
                }
            });
            skipped = unreadable[0];
        }
        LOG.info("remembered {} appointments; {} unreadable records skipped", memory.appointments(), skipped);
    }

    private static void appointment(
            ConsumerRecord<byte[], byte[]> record, Deserializer<AppointmentVersion> versions, FeedMemory memory) {
        AppointmentVersion version = versions.deserialize(record.topic(), record.value());
        if (version != null) {
            Header id = record.headers().lastHeader(CE_ID);
            memory.remember(version, id == null ? "" : new String(id.value(), StandardCharsets.UTF_8));
        }
    }

    private static void state(
            ConsumerRecord<byte[], byte[]> record, Deserializer<FeedState> values, FeedMemory memory) {
        FeedState state = values.deserialize(record.topic(), record.value());
        if (state != null) {
            memory.remember(state);
        } else if (record.key() != null) {
            memory.end(new String(record.key(), StandardCharsets.UTF_8));
        }
    }
}
