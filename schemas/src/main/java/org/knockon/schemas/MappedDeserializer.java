package org.knockon.schemas;

import java.io.EOFException;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.knockon.schemas.registry.RegistryUnavailableException;

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
        return bytes == null ? null : map(topic, read(topic, () -> wire.deserialize(topic, bytes)));
    }

    @Override
    public V deserialize(String topic, Headers headers, byte[] bytes) {
        return bytes == null ? null : map(topic, read(topic, () -> wire.deserialize(topic, headers, bytes)));
    }

    /**
     * To Confluent's class a record that ends too soon is an I/O error, which would pass for a registry that is away. A registry that
     * hangs up ends too soon as well, and the record may be sound.
     */
    @SuppressWarnings("UnusedException") // the cause is what misleads
    private static Object read(String topic, Supplier<Object> wire) {
        try {
            return wire.get();
        } catch (RegistryUnavailableException e) {
            throw e;
        } catch (SerializationException e) {
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof EOFException) {
                    throw new SerializationException("record on topic " + topic + " ends too soon for its schema");
                }
            }
            throw e;
        }
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
