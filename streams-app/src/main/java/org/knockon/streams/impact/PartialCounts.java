package org.knockon.streams.impact;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.knockon.impact.assessment.CellGroup;
import org.knockon.impact.assessment.Cells;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactCounts;

/**
 * This partition's count of each cell. Counting happens on the heap; {@link #store} writes what changed once, however often it
 * changed, within the step that changed it; {@link #flush} tells the counters. A count once told stays on its way to being told again
 * after a restart: values are absolute, so telling twice does no harm.
 *
 * <p>An appointment stands in dozens of cells, and an outage moves many that stand in the same ones: those are added up first and
 * spread over their cells together.
 */
final class PartialCounts {

    /** Groups whose spreading takes about a millisecond. */
    private static final int MOST_GROUPS = 100;

    private final KeyValueStore<String, ImpactCounts> store;
    private final Cells cells;
    private final Map<String, ImpactCounts> counts = new HashMap<>();
    private final Map<CellGroup, ImpactCounts> unspread = new HashMap<>();
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
        CellGroup left = before == null ? null : CellGroup.of(before, specialtyBefore);
        if (left != null) {
            unspread.merge(left, Cells.one(before).negated(), ImpactCounts::plus);
        }
        CellGroup entered = after == null ? null : CellGroup.of(after, specialtyAfter);
        if (entered != null) {
            unspread.merge(entered, Cells.one(after), ImpactCounts::plus);
        }
        if (unspread.size() >= MOST_GROUPS) {
            spread();
        }
    }

    private void spread() {
        if (unspread.isEmpty()) {
            return;
        }
        Map<Cell, ImpactCounts> changes = new HashMap<>();
        unspread.forEach((group, change) -> {
            if (!change.equals(ImpactCounts.ZERO)) {
                cells.of(group).forEach(cell -> changes.merge(cell, change, ImpactCounts::plus));
            }
        });
        unspread.clear();
        changes.forEach((cell, change) -> {
            // Most changes move an appointment in or out of one outage's cell and leave it in dozens of others.
            if (!change.equals(ImpactCounts.ZERO)) {
                String key = cell.key();
                counts.merge(key, change, ImpactCounts::plus);
                unstored.add(key);
                untold.add(key);
            }
        });
    }

    /** Writes what changed since the last call. */
    void store() {
        spread();
        for (String key : unstored) {
            store.put(key, counts.get(key));
        }
        unstored.clear();
    }

    int untold() {
        return untold.size();
    }

    /** Tells what changed and has been {@linkplain #store stored} since the last call. */
    void flush(BiConsumer<String, ImpactCounts> teller) {
        for (String key : untold) {
            teller.accept(key, counts.get(key));
        }
        untold.clear();
    }
}
