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
import org.knockon.schemas.serde.KnockonSerdes;
import org.knockon.schemas.wire.PlainSchemas;
import org.knockon.schemas.wire.SubjectNaming;

/**
 * The other half of creating topics: their schemas in the registry, and what the registry demands of later versions.
 */
public final class SchemaAdmin {

    /**
     * Readers and writers upgrade in any order, and topics are kept long: each version must read and be read by every
     * other.
     */
    public static final String COMPATIBILITY = "FULL_TRANSITIVE";

    private SchemaAdmin() {}

    /**
     * Registers the schema of each topic unless its subject has it, and sets the subject's compatibility. May be
     * repeated.
     *
     * @param clientConfig where the registry is and how subjects are named, see {@link KnockonSerdes}
     * @return schema ids by subject
     * @throws RegistryException naming the subject and what the registry said
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
                    // Afterwards: some registries know no settings of a subject that does not exist yet.
                    registry.setCompatibility(subject, COMPATIBILITY);
                }
            }
        }
        return ids;
    }
}
