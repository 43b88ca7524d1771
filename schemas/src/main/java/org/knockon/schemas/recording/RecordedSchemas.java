package org.knockon.schemas.recording;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.knockon.schemas.registry.Registry;
import org.knockon.schemas.registry.RegistryException;

/** The schemas of a recording by the ids that its values name. Thread-safe. */
public final class RecordedSchemas {

    private final Map<Integer, Schema> byId = new ConcurrentHashMap<>();

    RecordedSchemas() {}

    void add(int id, String json) {
        byId.put(id, new Schema.Parser().parse(json));
    }

    /** The schema with this id; null if the registry did not have it when the record was made. */
    Schema get(int id) {
        return byId.get(id);
    }

    /** Number of schemas. */
    public int size() {
        return byId.size();
    }

    /** A registry that knows these schemas and accepts no others, so that values are read without a server. */
    Registry registry() {
        return new OfTheFile();
    }

    private final class OfTheFile implements Registry {

        @Override
        public Schema byId(int id) {
            Schema schema = byId.get(id);
            if (schema == null) {
                throw new RegistryException(
                        "the recording has no schema with id " + id, 404, RegistryException.UNKNOWN_SCHEMA, null);
            }
            return schema;
        }

        @Override
        public int register(String subject, Schema schema) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int lookUp(String subject, Schema schema) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Version latest(String subject) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setCompatibility(String subject, String level) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
