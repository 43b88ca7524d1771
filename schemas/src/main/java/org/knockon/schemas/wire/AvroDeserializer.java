package org.knockon.schemas.wire;

import java.io.IOException;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.knockon.schemas.registry.Registry;
import org.knockon.schemas.registry.RegistryClient;
import org.knockon.schemas.registry.RegistryUnavailableException;

/**
 * Avro records from Confluent wire format: decoded with the schema they were written in, resolved to the reader's. With
 * {@code specific.avro.reader=true} the reader's schema is that of the generated class of the same full name; without,
 * records are generic and keep their writer's schema. Safe for any number of threads.
 */
public final class AvroDeserializer implements Deserializer<Object> {

    private final ThreadLocal<ByteArrayDecoder> decoders = ThreadLocal.withInitial(ByteArrayDecoder::new);
    private Registry registry;
    private RecordReaders readers;

    @Override
    public void configure(Map<String, ?> config, boolean isKey) {
        GeneratedClasses.trust();
        registry = RegistryClient.open(config);
        readers = new RecordReaders(config, registry);
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
        RecordReaders.Reader reader = readers.reader(topic, id);
        ByteArrayDecoder decoder = decoders.get();
        Object record;
        try {
            record = reader.read(bytes, WireFormat.HEADER, decoder);
        } catch (IOException | RuntimeException e) {
            // Hostile bytes can raise any exception in Avro, and its message may quote what it read.
            throw undecodable(topic, id, e.getClass().getSimpleName());
        }
        if (decoder.remaining() > 0) {
            throw undecodable(topic, id, decoder.remaining() + " bytes are left over");
        }
        return record;
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
}
