package org.knockon.streams.situation;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.knockon.impact.cascade.Unsettled;

/**
 * Changes to the situation whose affected appointments are not in the work list yet, one per system. They are few and
 * short-lived, and stored so that a crash loses none.
 */
final class UnsettledChanges {

    private static final String FROM = "unsettled-from ";
    private static final String TO = "unsettled-to ";

    private final KeyValueStore<String, Long> store;
    private final Map<String, Unsettled> bySystem = new HashMap<>();

    UnsettledChanges(KeyValueStore<String, Long> store) {
        this.store = store;
        try (KeyValueIterator<String, Long> all = store.prefixScan(FROM, new StringSerializer())) {
            while (all.hasNext()) {
                KeyValue<String, Long> entry = all.next();
                String systemId = entry.key.substring(FROM.length());
                bySystem.put(systemId, new Unsettled(systemId, entry.value, store.get(TO + systemId)));
            }
        }
    }

    Collection<Unsettled> all() {
        return bySystem.values();
    }

    void add(Unsettled change) {
        Unsettled known = bySystem.get(change.systemId());
        Unsettled both = known == null ? change : known.with(change);
        if (!both.equals(known)) {
            bySystem.put(change.systemId(), both);
            store.put(FROM + change.systemId(), both.from());
            store.put(TO + change.systemId(), both.to());
        }
    }

    /** Removes all of them: they are settled. */
    void clear() {
        for (String systemId : bySystem.keySet()) {
            store.delete(FROM + systemId);
            store.delete(TO + systemId);
        }
        bySystem.clear();
    }
}
