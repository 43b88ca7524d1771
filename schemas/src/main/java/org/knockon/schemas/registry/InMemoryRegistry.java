package org.knockon.schemas.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * The registry behind {@code mock://name} URLs, as in Confluent's clients: for tests in one process, such as those on
 * Kafka's TopologyTestDriver. All clients with the same name share it. It does not check compatibility.
 */
final class InMemoryRegistry implements Registry {

    static final String SCHEME = "mock://";

    private static final Map<String, InMemoryRegistry> BY_NAME = new ConcurrentHashMap<>();

    private final List<Schema> schemas = new ArrayList<>();
    private final Map<String, List<Integer>> subjects = new ConcurrentHashMap<>();

    private InMemoryRegistry() {}

    static InMemoryRegistry named(String url) {
        return BY_NAME.computeIfAbsent(url.substring(SCHEME.length()), name -> new InMemoryRegistry());
    }

    @Override
    public synchronized int register(String subject, Schema schema) {
        int index = schemas.indexOf(schema);
        if (index < 0) {
            index = schemas.size();
            schemas.add(schema);
        }
        int id = index + 1;
        List<Integer> versions = subjects.computeIfAbsent(subject, name -> new ArrayList<>());
        if (!versions.contains(id)) {
            versions.add(id);
        }
        return id;
    }

    @Override
    public synchronized int lookUp(String subject, Schema schema) {
        int id = schemas.indexOf(schema) + 1;
        if (!subjects.getOrDefault(subject, List.of()).contains(id)) {
            throw new RegistryException(
                    "subject " + subject + " does not hold schema " + schema.getFullName(), 404, 40403, null);
        }
        return id;
    }

    @Override
    public synchronized Version latest(String subject) {
        List<Integer> versions = subjects.get(subject);
        if (versions == null) {
            throw new RegistryException("subject " + subject + " does not exist", 404, 40401, null);
        }
        int id = versions.get(versions.size() - 1);
        return new Version(id, versions.size(), schemas.get(id - 1));
    }

    @Override
    public synchronized Schema byId(int id) {
        if (id < 1 || id > schemas.size()) {
            throw new RegistryException("no schema has id " + id, 404, RegistryException.UNKNOWN_SCHEMA, null);
        }
        return schemas.get(id - 1);
    }

    @Override
    public void setCompatibility(String subject, String level) {
        // Nothing to check: both sides of such a test run the same build.
    }

    @Override
    public void close() {
        // Lives as long as the process, because other clients share it.
    }
}
