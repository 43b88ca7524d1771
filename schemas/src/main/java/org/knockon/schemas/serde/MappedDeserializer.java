package org.knockon.schemas.serde;

import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.knockon.schemas.limits.InputLimits;
import org.knockon.schemas.mapping.Mappings;
import org.knockon.schemas.mapping.RecordMapping;

/** Converts the wire format to plain records. */
final class MappedDeserializer<V, A extends SpecificRecord> implements Deserializer<V> {

    private final Deserializer<Object> wire;
    private final RecordMapping<V, A> mapping;
    private final Class<V> type;
    private final boolean input;

    /**
     * @param wire may return plain records instead of generated ones
     * @param input whether values come from outside and their size is limited
     */
    MappedDeserializer(Deserializer<Object> wire, RecordMapping<V, A> mapping, Class<V> type, boolean input) {
        this.wire = wire;
        this.mapping = mapping;
        this.type = type;
        this.input = input;
    }

    @Override
    public V deserialize(String topic, byte[] bytes) {
        return deserialize(topic, bytes, () -> wire.deserialize(topic, bytes));
    }

    @Override
    public V deserialize(String topic, Headers headers, byte[] bytes) {
        return deserialize(topic, bytes, () -> wire.deserialize(topic, headers, bytes));
    }

    private V deserialize(String topic, byte[] bytes, Supplier<Object> decode) {
        if (bytes == null) {
            return null;
        }
        if (input) {
            Optional<String> refusal = InputLimits.sizeRefusal(bytes);
            if (refusal.isPresent()) {
                throw new SerializationException("record on topic " + topic + ": " + refusal.get());
            }
        }
        return map(topic, RegistryBoundary.call("record on topic " + topic, decode));
    }

    private V map(String topic, Object record) {
        if (type.isInstance(record)) {
            return type.cast(record);
        }
        if (!mapping.avroType().isInstance(record)) {
            throw new SerializationException("record on topic " + topic + " was written with schema " + nameOf(record)
                    + ", but this topic holds " + mapping.schema().getFullName());
        }
        try {
            return mapping.fromAvro(mapping.avroType().cast(record));
        } catch (IllegalArgumentException e) {
            throw new SerializationException("record on topic " + topic + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw RegistryBoundary.undecodable("record on topic " + topic, e);
        }
    }

    private static String nameOf(Object record) {
        if (record instanceof GenericContainer container) {
            return container.getSchema().getFullName();
        }
        return Mappings.plainReaders().stream()
                .filter(reader -> reader.type().isInstance(record))
                .map(reader -> reader.schema().getFullName())
                .findAny()
                .orElse(record.getClass().getSimpleName());
    }
}
