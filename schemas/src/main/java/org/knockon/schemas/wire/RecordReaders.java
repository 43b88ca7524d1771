package org.knockon.schemas.wire;

import java.io.IOException;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.FastReaderBuilder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.knockon.schemas.registry.Registry;
import org.knockon.schemas.registry.RegistryException;
import org.knockon.schemas.registry.RegistryUnavailableException;
import org.knockon.schemas.registry.Remembered;

/**
 * Readers by the id of the schema that records were written in, each resolved to the reader's schema once. Avro's fast
 * readers hold no state of one record, so threads share them.
 */
final class RecordReaders {

    private final Registry registry;
    private final boolean specific;
    private final Remembered<Integer, DatumReader<Object>> byId;

    /** With {@code specific.avro.reader} false, records are generic, in their writer's schema. */
    RecordReaders(Map<String, ?> config, Registry registry) {
        this.registry = registry;
        specific = WireFormat.flag(config, "specific.avro.reader", false);
        byId = new Remembered<>(config);
    }

    /**
     * @throws RegistryUnavailableException when no registry answers
     * @throws SerializationException when the registry does not know the id, or there is no way to read its schema
     */
    DatumReader<Object> reader(String topic, int id) {
        return byId.get(id, key -> create(topic, id));
    }

    private DatumReader<Object> create(String topic, int id) {
        Schema writer = writerSchema(topic, id);
        return specific ? specific(topic, id, writer) : build(topic, id, writer, writer, new GenericData());
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

    private static DatumReader<Object> specific(String topic, int id, Schema writer) {
        Class<?> type = new SpecificData().getClass(writer);
        if (type == null || !SpecificRecord.class.isAssignableFrom(type)) {
            throw new SerializationException("record on topic " + topic + " was written with schema "
                    + writer.getFullName() + ", id " + id + ", for which there is no generated class");
        }
        SpecificData data = SpecificData.getForClass(type);
        return build(topic, id, writer, data.getSchema(type), data);
    }

    private static DatumReader<Object> build(String topic, int id, Schema writer, Schema reader, GenericData data) {
        try {
            // A schema from outside must not choose Java classes to make.
            return new FastReaderBuilder(data)
                    .withClassPropEnabled(false)
                    .withKeyClassEnabled(false)
                    .createDatumReader(writer, reader);
        } catch (IOException | AvroRuntimeException e) {
            throw new SerializationException(
                    "record on topic " + topic + " was written with schema " + writer.getFullName() + ", id " + id
                            + ", which cannot be read as " + reader.getFullName() + ": " + e.getMessage(),
                    e);
        }
    }
}
