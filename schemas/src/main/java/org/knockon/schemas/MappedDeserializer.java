package org.knockon.schemas;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/** Wire format to plain record. */
final class MappedDeserializer<V, A extends SpecificRecord> implements Deserializer<V> {

    private final Deserializer<Object> wire;
    private final RecordMapping<V, A> mapping;

    MappedDeserializer(Deserializer<Object> wire, RecordMapping<V, A> mapping) {
        this.wire = wire;
        this.mapping = mapping;
    }

    @Override
    public V deserialize(String topic, byte[] bytes) {
        return bytes == null ? null : map(topic, wire.deserialize(topic, bytes));
    }

    @Override
    public V deserialize(String topic, Headers headers, byte[] bytes) {
        return bytes == null ? null : map(topic, wire.deserialize(topic, headers, bytes));
    }

    private V map(String topic, Object record) {
        if (!mapping.avroType().isInstance(record)) {
            throw new SerializationException("record on topic " + topic + " was written with schema " + nameOf(record)
                    + ", but this topic holds " + mapping.schema().getFullName());
        }
        try {
            return mapping.fromAvro(mapping.avroType().cast(record));
        } catch (IllegalArgumentException e) {
            throw new SerializationException("record on topic " + topic + ": " + e.getMessage(), e);
        }
    }

    private static String nameOf(Object record) {
        return record instanceof org.apache.avro.generic.GenericContainer container
                ? container.getSchema().getFullName()
                : record.getClass().getSimpleName();
    }
}
