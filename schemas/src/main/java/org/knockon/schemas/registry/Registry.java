package org.knockon.schemas.registry;

import org.apache.avro.Schema;

/**
 * The operations of a Schema Registry that a serde needs. Thread-safe. Results that cannot change are cached.
 *
 * <p>Every method throws {@link RegistryException} when the registry refuses, and {@link RegistryUnavailableException}
 * when it does not respond despite retries.
 */
public interface Registry extends AutoCloseable {

    /** One version of a subject. */
    record Version(int id, int version, Schema schema) {}

    /** Registers the schema unless the subject already has it, and returns its id. */
    int register(String subject, Schema schema);

    /** Returns the id of exactly this schema in the subject. */
    int lookUp(String subject, Schema schema);

    /** Returns the subject's newest version, never from a cache. */
    Version latest(String subject);

    /** Returns the schema with this id. */
    Schema byId(int id);

    /** Sets the compatibility that the registry requires of new versions, such as {@code FULL_TRANSITIVE}. */
    void setCompatibility(String subject, String level);

    @Override
    void close();
}
