package org.knockon.schemas.recording;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.knockon.schemas.Topic;
import org.knockon.schemas.limits.EventTimes;
import org.knockon.schemas.limits.InputLimits;
import org.knockon.schemas.serde.KnockonSerdes;

/** Reads the records of a recording as the pipeline reads them in a replay, without a registry. For one thread. */
public final class RecordedValues {

    private final RecordedSchemas schemas;
    private final Map<Topic<?>, Deserializer<?>> deserializers = new HashMap<>();

    public RecordedValues(RecordedSchemas schemas) {
        this.schemas = schemas;
    }

    /**
     * A record that the pipeline accepts.
     *
     * @param value a record of {@code org.knockon.impact.model} with its id; null for a tombstone
     */
    public record Accepted(String key, Object value) {}

    /** Returns the record, or empty if the pipeline would make it a dead letter. */
    public Optional<Accepted> accepted(RecordedRecord record) {
        return accepted(record.topic(), record);
    }

    @SuppressWarnings({"unchecked", "UnusedException"}) // each topic has a deserializer of its type
    private <V> Optional<Accepted> accepted(Topic<V> topic, RecordedRecord record) {
        try {
            String key = key(record.key());
            Deserializer<V> deserializer = (Deserializer<V>)
                    deserializers.computeIfAbsent(topic, one -> KnockonSerdes.reading(one, schemas.registry()));
            V value = topic.keyed(key, deserializer.deserialize(topic.shortName(), record.value()));
            boolean accepted = EventTimes.accepts(record.timestamp(), EventTimes.LATEST)
                    && InputLimits.of(topic)
                            .orElseThrow()
                            .refusal(key, value, EventTimes.LATEST)
                            .isEmpty();
            return accepted ? Optional.of(new Accepted(key, value)) : Optional.empty();
        } catch (SerializationException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String key(byte[] key) throws CharacterCodingException {
        return key == null
                ? null
                : StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(key))
                        .toString();
    }
}
