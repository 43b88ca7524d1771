package org.knockon.schemas.serde;

import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.knockon.schemas.mapping.RecordMapping;

/** Converts plain records to the wire format. */
final class MappedSerializer<V, A extends SpecificRecord> implements Serializer<V> {

    private final Serializer<Object> wire;
    private final RecordMapping<V, A> mapping;

    MappedSerializer(Serializer<Object> wire, RecordMapping<V, A> mapping) {
        this.wire = wire;
        this.mapping = mapping;
    }

    @Override
    public byte[] serialize(String topic, V value) {
        return value == null ? null : call(topic, value, record -> wire.serialize(topic, record));
    }

    @Override
    public byte[] serialize(String topic, Headers headers, V value) {
        return value == null ? null : call(topic, value, record -> wire.serialize(topic, headers, record));
    }

    private byte[] call(String topic, V value, Function<A, byte[]> serialize) {
        A record = map(topic, value);
        return RegistryBoundary.call("record for topic " + topic, () -> serialize.apply(record));
    }

    private A map(String topic, V value) {
        try {
            return mapping.toAvro(value);
        } catch (IllegalArgumentException e) {
            throw new SerializationException("record for topic " + topic + ": " + e.getMessage(), e);
        }
    }
}
