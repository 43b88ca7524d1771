package org.knockon.schemas.wire;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.knockon.schemas.registry.Registry;
import org.knockon.schemas.registry.RegistryClient;
import org.knockon.schemas.registry.RegistryUnavailableException;

/**
 * Reads Avro records in the Confluent wire format: decodes them with the schema they were written in and resolves them
 * to the reader's. With {@code specific.avro.reader=true} the reader's schema is that of the generated class with the
 * same full name; otherwise records are generic and keep the writer's schema. With {@linkplain #readPlain plain readers}
 * it returns plain records instead of generated ones where it can. Thread-safe.
 */
public final class AvroDeserializer implements Deserializer<Object> {

    private final ThreadLocal<ByteArrayDecoder> decoders = ThreadLocal.withInitial(ByteArrayDecoder::new);
    private Registry registry;
    private RecordReaders readers;
    private List<PlainReader<?>> plain = List.of();

    /** For {@link #configure}. */
    public AvroDeserializer() {}

    /**
     * Reads records of the generated classes, or plain ones; needs no {@link #configure}. Closing it closes the
     * registry.
     */
    public AvroDeserializer(Registry registry, List<PlainReader<?>> plain) {
        GeneratedClasses.trust();
        this.registry = registry;
        readers = new RecordReaders(Map.of("specific.avro.reader", "true"), registry, plain);
    }

    /** Returns plain records for these schemas. To be called before {@link #configure}. */
    public void readPlain(List<PlainReader<?>> plainReaders) {
        plain = plainReaders;
    }

    @Override
    public void configure(Map<String, ?> config, boolean isKey) {
        GeneratedClasses.trust();
        registry = RegistryClient.open(config);
        readers = new RecordReaders(config, registry, plain);
    }

    /**
     * @throws SerializationException naming the topic and the schema id, never the body of the record
     * @throws RegistryUnavailableException when no registry responds; the record may be valid
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
            // Malicious bytes can cause any exception in Avro, and its message may quote them.
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
