package org.knockon.streams.impact;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.knockon.impact.assessment.Cells;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactCounts;

/**
 * This partition's count of each cell. Counting happens on the heap; {@link #store} writes what changed once, however often it
 * changed, within the step that changed it; {@link #flush} tells the counters. A count once told stays on its way to being told again
 * after a restart: values are absolute, so telling twice does no harm.
 */
final class PartialCounts {

    private final KeyValueStore<String, ImpactCounts> store;
    private final Cells cells;
    private final Map<String, ImpactCounts> counts = new HashMap<>();
    private final Set<String> unstored = new HashSet<>();
    private final Set<String> untold = new HashSet<>();

    PartialCounts(KeyValueStore<String, ImpactCounts> store, Cells cells) {
        this.store = store;
        this.cells = cells;
        try (KeyValueIterator<String, ImpactCounts> all = store.all()) {
            all.forEachRemaining(entry -> {
                counts.put(entry.key, entry.value);
                untold.add(entry.key);
            });
        }
    }

    /** Takes an appointment out of the cells it was in and puts it into those it is in now; null for none. */
    void move(Impact before, String specialtyBefore, Impact after, String specialtyAfter) {
        Set<Cell> left = before == null ? Set.of() : cells.of(before, specialtyBefore);
        Set<Cell> entered = after == null ? Set.of() : cells.of(after, specialtyAfter);
        ImpactCounts one = left.isEmpty() ? null : Cells.one(before);
        ImpactCounts other = entered.isEmpty() ? null : Cells.one(after);
        boolean countsAlike = one != null && one.equals(other);
        for (Cell cell : left) {
            // Most changes move an appointment in or out of one outage's cell and leave it in dozens of others.
            if (!countsAlike || !entered.remove(cell)) {
                add(cell.key(), one.negated());
            }
        }
        for (Cell cell : entered) {
            add(cell.key(), other);
        }
    }

    private void add(String key, ImpactCounts change) {
        counts.merge(key, change, ImpactCounts::plus);
        unstored.add(key);
        untold.add(key);
    }

    /** Writes what changed since the last call. */
    void store() {
        for (String key : unstored) {
            store.put(key, counts.get(key));
        }
        unstored.clear();
    }

    int untold() {
        return untold.size();
    }

    void flush(BiConsumer<String, ImpactCounts> teller) {
        for (String key : untold) {
            teller.accept(key, counts.get(key));
        }
        untold.clear();
    }
}
