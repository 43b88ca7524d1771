package org.knockon.streams.impact;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.knockon.streams.codec.WorkItem;

/**
 * Time ranges of appointments that wait for reassessment or expiry, processed in order of arrival. An item that has
 * not been started is extended to include further ranges of the same service, so the list holds at most two items for
 * each service and purpose.
 */
final class WorkList {

    private final KeyValueStore<Long, WorkItem> store;
    private final TreeMap<Long, WorkItem> items = new TreeMap<>();
    private final Map<String, Long> notStarted = new HashMap<>();

    WorkList(KeyValueStore<Long, WorkItem> store) {
        this.store = store;
        try (KeyValueIterator<Long, WorkItem> all = store.all()) {
            all.forEachRemaining(entry -> {
                items.put(entry.key, entry.value);
                if (!entry.value.isStarted()) {
                    notStarted.put(slot(entry.value), entry.key);
                }
            });
        }
    }

    int size() {
        return items.size();
    }

    void add(WorkItem.Purpose purpose, String serviceId, long from, long to) {
        WorkItem item = new WorkItem(purpose, serviceId, from, to, false, null);
        Long at = notStarted.get(slot(item));
        if (at == null) {
            at = items.isEmpty() ? 0L : items.lastKey() + 1;
            notStarted.put(slot(item), at);
        } else {
            WorkItem waiting = items.get(at);
            item = new WorkItem(
                    purpose, serviceId, Math.min(from, waiting.from()), Math.max(to, waiting.to()), false, null);
        }
        put(at, item);
    }

    /** Items whose bookings wait for reassessment, by service. */
    Map<String, List<WorkItem>> bookedToReassess() {
        Map<String, List<WorkItem>> waiting = new TreeMap<>();
        for (WorkItem item : items.values()) {
            if (item.purpose() == WorkItem.Purpose.REASSESS && !item.bookedDone()) {
                waiting.computeIfAbsent(item.serviceId(), serviceId -> new ArrayList<>(2))
                        .add(item);
            }
        }
        return waiting;
    }

    /** The item to continue with, or null. */
    WorkItem first() {
        return items.isEmpty() ? null : items.firstEntry().getValue();
    }

    /** @param rest what is left of the first item; null if it is done */
    void replaceFirst(WorkItem rest) {
        long at = items.firstKey();
        notStarted.remove(slot(items.get(at)), at);
        if (rest == null) {
            items.remove(at);
            store.delete(at);
        } else {
            put(at, rest);
        }
    }

    /** Restarts every item from its beginning. */
    void startOver() {
        for (Map.Entry<Long, WorkItem> entry : List.copyOf(items.entrySet())) {
            WorkItem item = entry.getValue();
            if (item.isStarted()) {
                put(
                        entry.getKey(),
                        new WorkItem(item.purpose(), item.serviceId(), item.from(), item.to(), false, null));
            }
        }
    }

    private void put(long at, WorkItem item) {
        items.put(at, item);
        store.put(at, item);
    }

    private static String slot(WorkItem item) {
        return item.purpose() + " " + item.serviceId();
    }
}
