package org.knockon.streams.impact;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.knockon.impact.assessment.CellGroup;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.streams.codec.GroupChange;

/**
 * Changes of counts that are not yet spread over their cells. An impact counts in dozens of cells, so an event writes one
 * small entry here, and the cells are written once a turn. After a crash the entries are spread: the appointments of the
 * same transaction count as counted.
 */
final class UncountedChanges {

    private final KeyValueStore<Long, GroupChange> store;
    private final Map<CellGroup, Waiting> groups = new LinkedHashMap<>();
    private final List<CellGroup> unwritten = new ArrayList<>();
    private long written;

    /** The change of one group. */
    private static final class Waiting {
        private static final long NONE = -1;

        private ImpactCounts change = ImpactCounts.ZERO;
        private long key = NONE;
        private boolean stored = true;
    }

    UncountedChanges(KeyValueStore<Long, GroupChange> store) {
        this.store = store;
        try (KeyValueIterator<Long, GroupChange> all = store.all()) {
            all.forEachRemaining(entry -> {
                Waiting waiting = groups.computeIfAbsent(entry.value.group(), group -> new Waiting());
                waiting.change = entry.value.change();
                waiting.key = entry.key;
                written = Math.max(written, entry.key + 1);
            });
        }
    }

    void add(CellGroup group, ImpactCounts change) {
        Waiting waiting = groups.computeIfAbsent(group, key -> new Waiting());
        waiting.change = waiting.change.plus(change);
        if (waiting.stored) {
            waiting.stored = false;
            unwritten.add(group);
        }
    }

    /** Number of groups that wait. */
    int size() {
        return groups.size();
    }

    /** Stores the changes since the last call. */
    void store() {
        for (CellGroup group : unwritten) {
            Waiting waiting = groups.get(group);
            if (waiting.key == Waiting.NONE) {
                waiting.key = written++;
            }
            store.put(waiting.key, new GroupChange(group, waiting.change));
            waiting.stored = true;
        }
        unwritten.clear();
    }

    /** Hands over all changes. They are stored no longer: the caller stores their effect before the next record. */
    void take(BiConsumer<CellGroup, ImpactCounts> changes) {
        groups.forEach((group, waiting) -> {
            if (waiting.key != Waiting.NONE) {
                store.delete(waiting.key);
            }
            changes.accept(group, waiting.change);
        });
        groups.clear();
        unwritten.clear();
        written = 0;
    }
}
