package org.knockon.schemas.recording;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.avro.Schema;
import org.knockon.schemas.registry.Registry;
import org.knockon.schemas.registry.RegistryClient;
import org.knockon.schemas.registry.RegistryException;
import org.knockon.schemas.registry.RegistryUnavailableException;
import org.knockon.schemas.wire.SubjectNaming;
import org.knockon.schemas.wire.WireFormat;

/**
 * Gives the values of a recording the ids that their schemas have in another registry, and registers them there. For one
 * thread.
 */
public final class RegisteredSchemas implements AutoCloseable {

    /** No registry has a schema with this id: what could not be read when it was recorded stays unreadable. */
    static final int UNKNOWN = Integer.MAX_VALUE;

    private static final int CONFLICT = 409;
    private static final int INVALID = 422;

    private record Named(String topic, int id) {}

    private final RecordedSchemas recorded;
    private final Registry registry;
    private final SubjectNaming naming;
    private final boolean autoRegister;
    private final Map<Named, Integer> ids = new HashMap<>();

    /** @param client settings of a Kafka client, with the registry's URL and the naming of subjects */
    public RegisteredSchemas(RecordedSchemas recorded, Map<String, ?> client) {
        this.recorded = recorded;
        registry = RegistryClient.open(client);
        naming = SubjectNaming.from(client, false);
        autoRegister = WireFormat.flag(client, "auto.register.schemas", true);
    }

    /**
     * Returns the value with the new id of its schema, or the same bytes if they are not in the wire format.
     *
     * @param topic full name of the topic to which the value is written
     * @throws RegistryUnavailableException if no registry responds
     */
    public byte[] translated(String topic, byte[] value) {
        OptionalInt id = WireFormat.idOf(value);
        if (id.isEmpty()) {
            return value;
        }
        byte[] translated = value.clone();
        WireFormat.putId(translated, ids.computeIfAbsent(new Named(topic, id.getAsInt()), this::register));
        return translated;
    }

    private int register(Named named) {
        Schema schema = recorded.get(named.id());
        if (schema == null) {
            return UNKNOWN;
        }
        String subject = naming.subject(named.topic(), false, schema.getFullName());
        if (!autoRegister) {
            return registry.lookUp(subject, schema);
        }
        try {
            return registry.register(subject, schema);
        } catch (RegistryException e) {
            if (e.status() != CONFLICT && e.status() != INVALID) {
                throw e;
            }
            // A schema of another topic, which the registry does not allow here. Readers need only its id.
            return registry.register(named.topic() + "-recorded-" + named.id(), schema);
        }
    }

    @Override
    public void close() {
        registry.close();
    }
}
