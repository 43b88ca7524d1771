package org.knockon.schemas.wire;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.FastReaderBuilder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.knockon.schemas.registry.BoundedCache;
import org.knockon.schemas.registry.Registry;
import org.knockon.schemas.registry.RegistryException;
import org.knockon.schemas.registry.RegistryUnavailableException;

/**
 * Readers by the id of the writer's schema, each resolved to the reader's schema once. Avro's fast readers keep no
 * state between records, so threads share them. The result that a schema cannot be read is cached too.
 */
final class RecordReaders {

    /** Avro's messages quote whole schemas, which may have megabytes. */
    private static final int LONGEST_REASON = 300;

    private final Registry registry;
    private final boolean specific;
    private final List<PlainReader<?>> plain;
    private final BoundedCache<Integer, Reader> byId;

    /**
     * If {@code specific.avro.reader} is false, records are generic and keep the writer's schema.
     *
     * @param plain used instead of generated classes for records in exactly their schemas
     */
    RecordReaders(Map<String, ?> config, Registry registry, List<PlainReader<?>> plain) {
        this.registry = registry;
        this.plain = plain;
        specific = WireFormat.flag(config, "specific.avro.reader", false);
        byId = new BoundedCache<>(config);
    }

    /**
     * Returns the reader for records written in the schema with this id.
     *
     * @throws RegistryUnavailableException when no registry responds
     * @throws SerializationException when the registry does not know the id, or the schema cannot be read
     */
    Reader reader(String topic, int id) {
        Reader reader = byId.get(id, key -> create(topic, id));
        if (reader.unreadable != null) {
            throw new SerializationException("record on topic " + topic + " was written with schema "
                    + reader.writer.getFullName() + ", id " + id + ", " + reader.unreadable);
        }
        return reader;
    }

    /** Reads records of one schema. Thread-safe. */
    static final class Reader {
        private final Schema writer;
        private final DatumReader<Object> reader;
        private final boolean bounded;
        private final String unreadable;

        private Reader(Schema writer, DatumReader<Object> reader, boolean bounded, String unreadable) {
            this.writer = writer;
            this.reader = reader;
            this.bounded = bounded;
            this.unreadable = unreadable;
        }

        /** @param from index of the record's first byte */
        Object read(byte[] bytes, int from, ByteArrayDecoder decoder) throws IOException {
            if (!bounded) {
                NestingCheck.check(writer, decoder.over(bytes, from));
            }
            return reader.read(null, decoder.over(bytes, from));
        }
    }

    private Reader create(String topic, int id) {
        Schema writer = writerSchema(topic, id);
        try {
            boolean bounded = SchemaShape.of(writer).bounded();
            return new Reader(writer, specific ? specific(writer) : generic(writer), bounded, null);
        } catch (UnreadableSchemaException e) {
            return new Reader(writer, null, false, e.getMessage());
        } catch (IOException | RuntimeException e) {
            return new Reader(writer, null, false, "which cannot be read: " + reason(e));
        }
    }

    private Schema writerSchema(String topic, int id) {
        try {
            return registry.byId(id);
        } catch (RegistryUnavailableException e) {
            throw new RegistryUnavailableException("record on topic " + topic + ": " + e.getMessage(), e.status(), e);
        } catch (RegistryException e) {
            throw new RegistryException(
                    "record on topic " + topic + ": " + e.getMessage(), e.status(), e.errorCode(), e);
        }
    }

    private static DatumReader<Object> generic(Schema writer) throws IOException {
        return build(writer, writer, new GenericData());
    }

    @SuppressWarnings("unchecked") // every record is an object
    private DatumReader<Object> specific(Schema writer) throws IOException {
        for (PlainReader<?> reader : plain) {
            if (reader.reads(writer)) {
                return (DatumReader<Object>) (DatumReader<?>) reader;
            }
        }
        Class<?> type = new SpecificData().getClass(writer);
        if (type == null || !SpecificRecord.class.isAssignableFrom(type)) {
            throw new UnreadableSchemaException("for which there is no generated class");
        }
        SpecificData data = SpecificData.getForClass(type);
        return build(writer, data.getSchema(type), data);
    }

    private static DatumReader<Object> build(Schema writer, Schema reader, GenericData data) throws IOException {
        // A schema from outside must not choose which Java classes are instantiated.
        return new FastReaderBuilder(data)
                .withClassPropEnabled(false)
                .withKeyClassEnabled(false)
                .createDatumReader(writer, reader);
    }

    private static String reason(Exception e) {
        String text = e instanceof AvroRuntimeException && e.getMessage() != null
                ? e.getMessage()
                : e.getClass().getSimpleName();
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "...";
    }

    private static final class UnreadableSchemaException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnreadableSchemaException(String message) {
            super(message);
        }
    }
}
