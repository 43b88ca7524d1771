package org.knockon.streams.impact;

import org.knockon.impact.assessment.CellGroup;
import org.knockon.impact.assessment.Cells;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactCounts;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * This partition's count of each cell. Counting happens on the heap; {@link #store} writes what changed once, however often it
 * changed, within the step that changed it; {@link #flush} tells the counters. A count once told stays on its way to being told again
 * after a restart: values are absolute, so telling twice does no harm.
 *
 * <p>What waits to be counted may be told {@linkplain #ahead ahead}. That lives on the heap alone: what is stored is what has been
 * counted.
 */
final class PartialCounts {

    private final KeyValueStore<String, ImpactCounts> store;
    private final Map<String, ImpactCounts> counts = new HashMap<>();
    private final GroupedChanges changes;
    private final GroupedChanges takenBack;
    private final Set<String> unstored = new HashSet<>();
    private final Set<String> untold = new HashSet<>();
    private Map<String, ImpactCounts> ahead = new HashMap<>();

    PartialCounts(KeyValueStore<String, ImpactCounts> store, Cells cells) {
        this.store = store;
        changes = new GroupedChanges(cells);
        takenBack = new GroupedChanges(cells);
        try (KeyValueIterator<String, ImpactCounts> all = store.all()) {
            all.forEachRemaining(entry -> {
                counts.put(entry.key, entry.value);
                untold.add(entry.key);
            });
        }
    }

    /** Takes an appointment out of the cells it was in and puts it into those it is in now; null for none. */
    void move(Impact before, String specialtyBefore, Impact after, String specialtyAfter) {
        // Before and not after: what was told ahead of the last one has been taken back by now, and its cells have not
        // changed.
        if (changes.areMany()) {
            spread();
        }
        CellGroup left = before == null ? null : CellGroup.of(before, specialtyBefore);
        if (left != null) {
            changes.add(left, Cells.one(before).times(-1));
        }
        CellGroup entered = after == null ? null : CellGroup.of(after, specialtyAfter);
        if (entered != null) {
            changes.add(entered, Cells.one(after));
        }
    }

    /** From now on these are told beside what is counted, in the place of those given before. */
    void ahead(Map<Cell, ImpactCounts> expected) {
        spread();
        Map<String, ImpactCounts> former = ahead;
        ahead = new HashMap<>();
        expected.forEach((cell, count) -> {
            if (!count.equals(ImpactCounts.ZERO)) {
                ahead.put(cell.key(), count);
            }
        });
        for (String key : ahead.keySet()) {
            if (!ahead.get(key).equals(former.get(key))) {
                untold.add(key);
            }
            know(key);
        }
        former.forEach((key, count) -> {
            if (!ahead.containsKey(key) && !count.equals(ImpactCounts.ZERO)) {
                untold.add(key);
            }
        });
    }

    /**
     * One that was told ahead has been counted, or never will be.
     *
     * @param impact says where it was expected
     */
    void takeBack(Impact impact, String specialty) {
        takenBack.add(CellGroup.of(impact, specialty), AtRiskPreview.ONE);
    }

    /** After a crash nobody would tell the counters otherwise that nothing came of what was told. */
    private void know(String key) {
        if (counts.putIfAbsent(key, ImpactCounts.ZERO) == null) {
            unstored.add(key);
        }
    }

    private void spread() {
        Map<Cell, ImpactCounts> told = new HashMap<>();
        if (!changes.isEmpty()) {
            changes.spreadInto(told);
            told.forEach((cell, change) -> {
                // Most changes move an appointment in or out of one outage's cell and leave it in dozens of others.
                if (!change.equals(ImpactCounts.ZERO)) {
                    counts.merge(cell.key(), change, ImpactCounts::plus);
                    unstored.add(cell.key());
                }
            });
        }
        if (!takenBack.isEmpty()) {
            Map<Cell, ImpactCounts> back = new HashMap<>();
            takenBack.spreadInto(back);
            back.forEach((cell, change) -> {
                know(cell.key());
                ahead.merge(cell.key(), change.times(-1), ImpactCounts::plus);
                told.merge(cell, change.times(-1), ImpactCounts::plus);
            });
        }
        told.forEach((cell, change) -> {
            if (!change.equals(ImpactCounts.ZERO)) {
                untold.add(cell.key());
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
            teller.accept(key, counts.get(key).plus(ahead.getOrDefault(key, ImpactCounts.ZERO)));
        }
        untold.clear();
    }
}
