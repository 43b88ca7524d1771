package org.knockon.schemas.registry;

import org.apache.avro.Schema;

/**
 * What a serde asks of a Schema Registry. Safe for any number of threads; answers that cannot change are remembered.
 *
 * <p>Every method throws {@link RegistryException} when the registry refuses, and {@link RegistryUnavailableException}
 * when it does not answer in spite of retries.
 */
public interface Registry extends AutoCloseable {

    /** A schema as it stands in a subject. */
    record Version(int id, int version, Schema schema) {}

    /** Registers the schema unless the subject has it, and gives its id. */
    int register(String subject, Schema schema);

    /** The id under which the subject holds this very schema. */
    int lookUp(String subject, Schema schema);

    /** The subject's newest version; asked anew each time. */
    Version latest(String subject);

    /** The schema with this id. */
    Schema byId(int id);

    /** Sets the compatibility that the registry demands of new versions, such as {@code FULL_TRANSITIVE}. */
    void setCompatibility(String subject, String level);

    @Override
    void close();
}
