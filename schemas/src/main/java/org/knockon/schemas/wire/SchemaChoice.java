package org.knockon.schemas.wire;

import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.kafka.common.errors.SerializationException;
import org.knockon.schemas.registry.Registry;
import org.knockon.schemas.registry.RegistryException;
import org.knockon.schemas.registry.RegistryUnavailableException;

/**
 * Chooses the schema and id for writing records.
 *
 * @param autoRegister whether to register the record's own schema; otherwise the subject must already hold it
 * @param useLatest whether to write in the subject's newest schema instead of the record's own; takes precedence over
 *     autoRegister, as in Confluent's serializer
 * @param removeJavaProperties whether to keep Java's string hints out of the registry
 */
record SchemaChoice(
        Registry registry,
        SubjectNaming naming,
        boolean isKey,
        boolean autoRegister,
        boolean useLatest,
        boolean removeJavaProperties) {

    static SchemaChoice from(Map<String, ?> config, boolean isKey, Registry registry) {
        return new SchemaChoice(
                registry,
                SubjectNaming.from(config, isKey),
                isKey,
                WireFormat.flag(config, "auto.register.schemas", true),
                WireFormat.flag(config, "use.latest.version", false),
                WireFormat.flag(config, "avro.remove.java.properties", false));
    }

    /** @throws SerializationException naming the topic, the subject and the registry's response */
    RecordWriter writer(String topic, Schema schema) {
        String subject = naming.subject(topic, isKey, schema.getFullName());
        Schema published = removeJavaProperties ? PlainSchemas.of(schema) : schema;
        try {
            if (useLatest) {
                return inLatest(topic, subject, schema);
            }
            int id = autoRegister ? registry.register(subject, published) : registry.lookUp(subject, published);
            return new RecordWriter.InOwnSchema(id, schema);
        } catch (RegistryUnavailableException e) {
            throw new RegistryUnavailableException("record for topic " + topic + ": " + e.getMessage(), e.status(), e);
        } catch (RegistryException e) {
            throw new RegistryException(
                    "record for topic " + topic + ": " + e.getMessage() + hint(e), e.status(), e.errorCode(), e);
        }
    }

    private RecordWriter inLatest(String topic, String subject, Schema schema) {
        Registry.Version latest = registry.latest(subject);
        if (PlainSchemas.of(latest.schema()).equals(PlainSchemas.of(schema))) {
            return new RecordWriter.InOwnSchema(latest.id(), schema);
        }
        if (SchemaCompatibility.checkReaderWriterCompatibility(latest.schema(), schema)
                        .getType()
                != SchemaCompatibilityType.COMPATIBLE) {
            throw new SerializationException("record for topic " + topic + " has schema " + schema.getFullName()
                    + ", which version " + latest.version() + " of subject " + subject + " cannot read");
        }
        return new RecordWriter.InOtherSchema(latest.id(), schema, latest.schema());
    }

    private String hint(RegistryException e) {
        return e.status() == 404 && !autoRegister && !useLatest ? " (auto.register.schemas is false)" : "";
    }
}
