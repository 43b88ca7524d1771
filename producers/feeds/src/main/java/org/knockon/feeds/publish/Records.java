package org.knockon.feeds.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Observation;
import org.knockon.schemas.FeedState;
import org.knockon.schemas.RefusedMessage;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.serde.KnockonSerdes;

/** Makes records: keys, values in the wire format, event times, headers in the form of CloudEvents. Thread-safe. */
final class Records {

    static final String APPOINTMENT = "org.knockon.appointment.v1";
    static final String SYSTEM_HEALTH = "org.knockon.system-health.v1";
    static final String REFUSAL = "org.knockon.refusal.v1";
    static final String STATE = "org.knockon.feed-state.v1";

    private static final String CONTENT_TYPE = "application/avro";

    private final KnockonSerdes serdes;
    private final String prefix;
    private final Optional<String> exercise;
    private final String sourceEnd;

    /**
     * @param exercise name of the exercise that all records belong to; empty for live data
     * @param sourceEnd end of the source in the headers, after the name of the feed; may be empty
     */
    Records(KnockonSerdes serdes, String prefix, Optional<String> exercise, String sourceEnd) {
        this.serdes = serdes;
        this.prefix = prefix;
        this.exercise = exercise;
        this.sourceEnd = sourceEnd;
    }

    /**
     * All records of a publication.
     *
     * @throws org.knockon.schemas.registry.RegistryException if the registry is away or refuses a schema
     */
    List<ProducerRecord<String, byte[]>> of(Publication publication) {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (AppointmentVersion version : publication.appointments()) {
            records.add(record(
                    Topics.APPOINTMENTS,
                    version.appointmentId(),
                    version,
                    version.updatedAt(),
                    headers(publication, APPOINTMENT, version.updatedAt())));
        }
        for (Observation observation : publication.observations()) {
            records.add(record(
                    Topics.SYSTEM_HEALTH,
                    observation.systemId(),
                    observation,
                    observation.observedAt(),
                    headers(publication, SYSTEM_HEALTH, observation.observedAt())));
        }
        if (publication.refusal().isPresent()) {
            RefusedMessage refusal = publication.refusal().get();
            records.add(record(
                    Topics.REFUSALS,
                    refusal.feed(),
                    refusal,
                    refusal.receivedAt(),
                    headers(publication, REFUSAL, refusal.receivedAt())));
        }
        for (FeedState state : publication.states()) {
            records.add(record(Topics.FEEDS, state.key(), state, null, new RecordHeaders()));
        }
        for (String key : publication.ended()) {
            records.add(record(Topics.FEEDS, key, null, null, new RecordHeaders()));
        }
        return records;
    }

    /** @param timestamp event time; null for the time of sending */
    private <V> ProducerRecord<String, byte[]> record(
            Topic<V> topic, String key, V value, Long timestamp, RecordHeaders headers) {
        String name = topic.name(prefix);
        byte[] bytes = serdes.value(topic).serializer().serialize(name, value);
        return new ProducerRecord<>(name, null, timestamp, key, bytes, headers);
    }

    private RecordHeaders headers(Publication publication, String type, long time) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("ce_specversion", "1.0".getBytes(UTF_8));
        headers.add("ce_id", publication.messageId().getBytes(UTF_8));
        headers.add("ce_source", ("/feeds/" + publication.feed() + sourceEnd).getBytes(UTF_8));
        headers.add("ce_type", type.getBytes(UTF_8));
        headers.add("ce_time", Instant.ofEpochMilli(time).toString().getBytes(UTF_8));
        headers.add("content-type", CONTENT_TYPE.getBytes(UTF_8));
        exercise.ifPresent(name -> headers.add("exercise", name.getBytes(UTF_8)));
        return headers;
    }
}
