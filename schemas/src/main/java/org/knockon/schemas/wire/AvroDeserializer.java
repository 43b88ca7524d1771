package org.knockon.schemas.wire;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.knockon.schemas.registry.Registry;
import org.knockon.schemas.registry.RegistryClient;
import org.knockon.schemas.registry.RegistryException;
import org.knockon.schemas.registry.RegistryUnavailableException;

/**
 * Avro records from Confluent wire format: decoded with the schema they were written in, resolved to the reader's. With
 * {@code specific.avro.reader=true} the reader's schema is that of the generated class of the same full name; without, records
 * are generic and keep their writer's schema. Safe for any number of threads.
 */
public final class AvroDeserializer implements Deserializer<Object> {

    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);
    private Registry registry;
    private boolean specific;

    @Override
    public void configure(Map<String, ?> config, boolean isKey) {
        specific = WireFormat.flag(config, "specific.avro.reader", false);
        registry = RegistryClient.open(config);
    }

    /**
     * @throws SerializationException naming topic and schema id, never the record's body
     * @throws RegistryUnavailableException when no registry answers; the record may be sound
     */
    @Override
    public Object deserialize(String topic, byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        if (bytes.length < WireFormat.HEADER) {
            throw new SerializationException("record on topic " + topic + " has " + bytes.length
                    + " bytes, too few for Confluent wire format, which begins with " + WireFormat.HEADER);
        }
        if (bytes[0] != WireFormat.MAGIC) {
            throw new SerializationException("record on topic " + topic
                    + " is not in Confluent wire format: its first byte is " + bytes[0] + ", not " + WireFormat.MAGIC);
        }
        int id = WireFormat.id(bytes);
        Scratch mine = scratch.get();
        DatumReader<Object> reader = mine.readers.get(id);
        if (reader == null) {
            reader = reader(topic, id);
            mine.readers.put(id, reader);
        }
        try {
            mine.decoder = DecoderFactory.get()
                    .binaryDecoder(bytes, WireFormat.HEADER, bytes.length - WireFormat.HEADER, mine.decoder);
            Object record = reader.read(null, mine.decoder);
            if (!mine.decoder.isEnd()) {
                throw undecodable(topic, id, "bytes are left over");
            }
            return record;
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            // Avro's own message may quote what it read.
            throw undecodable(topic, id, e.getClass().getSimpleName());
        }
    }

    @Override
    public void close() {
        if (registry != null) {
            registry.close();
        }
    }

    private static SerializationException undecodable(String topic, int id, String reason) {
        return new SerializationException(
                "record on topic " + topic + " does not decode with its schema, id " + id + " (" + reason + ")");
    }

    private DatumReader<Object> reader(String topic, int id) {
        Schema writer;
        try {
            writer = registry.byId(id);
        } catch (RegistryUnavailableException e) {
            throw new RegistryUnavailableException("record on topic " + topic + ": " + e.getMessage(), e.status(), e);
        } catch (RegistryException e) {
            throw new RegistryException(
                    "record on topic " + topic + ": " + e.getMessage(), e.status(), e.errorCode(), e);
        }
        return specific ? specificReader(topic, id, writer) : new GenericDatumReader<>(writer, writer, new GenericData());
    }

    private static DatumReader<Object> specificReader(String topic, int id, Schema writer) {
        SpecificData data = new SpecificData();
        Class<?> type = data.getClass(writer);
        if (type == null || !SpecificRecord.class.isAssignableFrom(type)) {
            throw new SerializationException("record on topic " + topic + " was written with schema "
                    + writer.getFullName() + ", id " + id + ", for which there is no generated class");
        }
        Schema reader = data.getSchema(type);
        return new SpecificDatumReader<>(writer, reader, SpecificData.getForClass(type));
    }

    /** What one thread reuses. */
    private static final class Scratch {
        private final Map<Integer, DatumReader<Object>> readers = new HashMap<>();
        private BinaryDecoder decoder;
    }
}
