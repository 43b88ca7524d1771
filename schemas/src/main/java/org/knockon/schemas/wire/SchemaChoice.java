package org.knockon.schemas.wire;

import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.kafka.common.errors.SerializationException;
import org.knockon.schemas.registry.Registry;
import org.knockon.schemas.registry.RegistryException;

/**
 * Under which schema and id records are written.
 *
 * @param autoRegister registers the record's own schema; otherwise it must be there
 * @param useLatest writes in the subject's newest schema, whatever the record's own; comes before autoRegister
 * @param removeJavaProperties keeps Java's string hints out of the registry
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

    RecordWriter writer(String topic, Schema schema) {
        String subject = naming.subject(topic, isKey, schema.getFullName());
        Schema published = removeJavaProperties ? PlainSchemas.of(schema) : schema;
        if (autoRegister && !useLatest) {
            return RecordWriter.inOwnSchema(registry.register(subject, published), schema);
        }
        return RecordWriter.inOwnSchema(registry.lookUp(subject, published), schema);
    }
}
