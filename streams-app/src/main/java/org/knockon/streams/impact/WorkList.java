package org.knockon.streams.impact;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.knockon.streams.wire.WorkItem;

/**
 * Stretches of appointments that wait to be looked at again, first come first served. A stretch that has not been begun grows to
 * take in another of the same service, so the list holds few for each service and purpose.
 *
 * <p>What was walked through stays until it is settled, for what the walk found is written later: after a crash it is walked again.
 */
final class WorkList {

    private final KeyValueStore<Long, WorkItem> store;
    private final TreeMap<Long, WorkItem> items = new TreeMap<>();
    private final Map<String, Long> notBegun = new HashMap<>();
    /** Where the walk is; every item before it is through. */
    private long at;
    /** What is left of the item there; null when it has not been begun since it was last stored. */
    private WorkItem rest;

    WorkList(KeyValueStore<Long, WorkItem> store) {
        this.store = store;
        try (KeyValueIterator<Long, WorkItem> all = store.all()) {
            all.forEachRemaining(entry -> {
                items.put(entry.key, entry.value);
                if (!entry.value.begun()) {
                    notBegun.put(slot(entry.value), entry.key);
                }
            });
        }
    }

    int size() {
        return items.size();
    }

    void add(WorkItem.Purpose purpose, String serviceId, long from, long to) {
        WorkItem item = new WorkItem(purpose, serviceId, from, to, false, null);
        Long place = notBegun.get(slot(item));
        if (place == null) {
            place = items.isEmpty() ? at : Math.max(at, items.lastKey() + 1);
            notBegun.put(slot(item), place);
        } else {
            WorkItem waiting = items.get(place);
            item = new WorkItem(
                    purpose, serviceId, Math.min(from, waiting.from()), Math.max(to, waiting.to()), false, null);
        }
        put(place, item);
    }

    /** The one to go on with; null when all are walked through. */
    WorkItem next() {
        if (rest != null) {
            return rest;
        }
        Map.Entry<Long, WorkItem> entry = items.ceilingEntry(at);
        if (entry == null) {
            return null;
        }
        at = entry.getKey();
        notBegun.remove(slot(entry.getValue()), at);
        return entry.getValue();
    }

    /** @param left of {@link #next}; null when it is through */
    void walked(WorkItem left) {
        rest = left;
        if (left == null) {
            at++;
        }
    }

    /** All that the walk found so far is written. */
    void settle() {
        while (!items.isEmpty() && items.firstKey() < at) {
            store.delete(items.pollFirstEntry().getKey());
        }
        if (rest != null) {
            put(at, rest);
            rest = null;
        }
    }

    /** Every item from its beginning. */
    void startOver() {
        at = 0;
        rest = null;
        for (Map.Entry<Long, WorkItem> entry : List.copyOf(items.entrySet())) {
            WorkItem item = entry.getValue();
            if (item.begun()) {
                put(
                        entry.getKey(),
                        new WorkItem(item.purpose(), item.serviceId(), item.from(), item.to(), false, null));
            }
        }
    }

    private void put(long place, WorkItem item) {
        items.put(place, item);
        store.put(place, item);
    }

    private static String slot(WorkItem item) {
        return item.purpose() + " " + item.serviceId();
    }
}
