package org.knockon.schemas.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.knockon.schemas.registry.BoundedCache;
import org.knockon.schemas.registry.Registry;
import org.knockon.schemas.registry.RegistryClient;

/**
 * Writes Avro records, generated or generic, in the Confluent wire format. Settings have the names that Confluent's
 * serializer uses: {@code auto.register.schemas}, {@code use.latest.version}, {@code value.subject.name.strategy},
 * {@code avro.remove.java.properties} and those of the registry. Thread-safe.
 */
public final class AvroSerializer implements Serializer<Object> {

    private record Target(String topic, Schema schema) {}

    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);
    private Registry registry;
    private SchemaChoice choice;
    private BoundedCache<Target, RecordWriter> writers;

    @Override
    public void configure(Map<String, ?> config, boolean isKey) {
        GeneratedClasses.trust();
        registry = RegistryClient.open(config);
        choice = SchemaChoice.from(config, isKey, registry);
        writers = new BoundedCache<>(config);
    }

    /** @throws SerializationException naming the topic and the subject, never the body of the record */
    @Override
    public byte[] serialize(String topic, Object value) {
        if (value == null) {
            return null;
        }
        if (!(value instanceof GenericContainer container)) {
            throw new SerializationException(
                    "cannot write to topic " + topic + ": " + value.getClass().getName() + " is not an Avro record");
        }
        RecordWriter writer = writers.get(
                new Target(topic, container.getSchema()), target -> choice.writer(target.topic, target.schema));
        try {
            return scratch.get().write(writer, container);
        } catch (IOException | AvroRuntimeException | ClassCastException | NullPointerException e) {
            // Only the type of the error: Avro's message may quote a value.
            throw new SerializationException("cannot write to topic " + topic + ": the record does not fit schema "
                    + container.getSchema().getFullName() + " (" + e.getClass().getSimpleName() + ")");
        }
    }

    @Override
    public void close() {
        if (registry != null) {
            registry.close();
        }
    }

    /** Buffers of one thread. */
    private static final class Scratch {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        private final byte[] header = new byte[WireFormat.HEADER];
        private BinaryEncoder encoder;

        byte[] write(RecordWriter writer, GenericContainer value) throws IOException {
            bytes.reset();
            WireFormat.putId(header, writer.id());
            bytes.write(header, 0, header.length);
            encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
            writer.write(value, encoder);
            encoder.flush();
            return bytes.toByteArray();
        }
    }
}
