package org.knockon.schemas.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.mapping.Mappings;
import org.knockon.schemas.registry.Registry;
import org.knockon.schemas.registry.RegistryClient;
import org.knockon.schemas.registry.RegistryException;
import org.knockon.schemas.wire.PlainSchemas;
import org.knockon.schemas.wire.SubjectNaming;

/**
 * Registers the schemas of the topics, and sets the compatibility that the registry requires of later versions. Part of
 * creating the topics.
 */
public final class SchemaAdmin {

    /**
     * Readers and writers upgrade in any order, and topics are retained for long: every version must be able to read,
     * and be read by, every other.
     */
    public static final String COMPATIBILITY = "FULL_TRANSITIVE";

    private SchemaAdmin() {}

    /**
     * Registers the schema of each topic, unless its subject already has it, and sets the subject's compatibility. Safe
     * to repeat.
     *
     * @param clientConfig settings of a Kafka client, with the registry's URL and the naming of subjects
     * @return schema ids by subject
     * @throws RegistryException naming the subject and the registry's response
     */
    public static Map<String, Integer> register(Map<String, ?> clientConfig, String prefix) {
        SubjectNaming naming = SubjectNaming.from(clientConfig, false);
        Map<String, Integer> ids = new LinkedHashMap<>();
        try (Registry registry = RegistryClient.open(clientConfig)) {
            for (Topic<?> topic : Topics.all()) {
                if (!topic.schemaless()) {
                    Schema schema = PlainSchemas.of(Mappings.of(topic).schema());
                    String subject = naming.subject(topic.name(prefix), false, schema.getFullName());
                    ids.put(subject, registry.register(subject, schema));
                    // After registering: some registries have no settings for a subject that does not exist yet.
                    registry.setCompatibility(subject, COMPATIBILITY);
                }
            }
        }
        return ids;
    }
}
