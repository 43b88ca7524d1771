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
import org.knockon.streams.codec.GroupChange;

/**
 * This partition's count of each cell. Counting happens on the heap. What an event changes is {@linkplain #keep kept} in
 * one small entry; {@link #settle} writes each changed count once per turn, however often it changed; {@link #flush}
 * sends the changed counts. After a restart all counts are sent again: values are absolute, so repeats do no harm.
 *
 * <p>A {@linkplain #preview preview} of appointments that wait to be counted may be added to what is sent. It exists
 * on the heap only: the store holds what has been counted.
 */
final class PartialCounts {

    /** Spreading this many groups takes a few milliseconds. */
    private static final int MOST_UNCOUNTED = 500;

    private final KeyValueStore<String, ImpactCounts> store;
    private final Cells cells;
    private final Map<String, ImpactCounts> counts = new HashMap<>();
    private final UncountedChanges changes;
    private final GroupedChanges retracted;
    private final Set<String> unstored = new HashSet<>();
    private final Set<String> unsent = new HashSet<>();
    private Map<String, ImpactCounts> preview = new HashMap<>();

    PartialCounts(KeyValueStore<String, ImpactCounts> store, KeyValueStore<Long, GroupChange> uncounted, Cells cells) {
        this.store = store;
        this.cells = cells;
        changes = new UncountedChanges(uncounted);
        retracted = new GroupedChanges(cells);
        try (KeyValueIterator<String, ImpactCounts> all = store.all()) {
            all.forEachRemaining(entry -> {
                counts.put(entry.key, entry.value);
                unsent.add(entry.key);
            });
        }
    }

    /** Moves an appointment from its former cells to its present ones; null for none. */
    void move(Impact before, String specialtyBefore, Impact after, String specialtyAfter) {
        // Before and not after: by now the preview of the last appointment has been retracted, so its cells are
        // unchanged.
        if (changes.size() >= MOST_UNCOUNTED) {
            spread();
        }
        CellGroup left = before == null ? null : CellGroup.of(before, specialtyBefore);
        if (left != null) {
            changes.add(left, ImpactCounts.of(before).times(-1));
        }
        CellGroup entered = after == null ? null : CellGroup.of(after, specialtyAfter);
        if (entered != null) {
            changes.add(entered, ImpactCounts.of(after));
        }
    }

    /** Sets what is added to the counts when they are sent, instead of the former preview. */
    void preview(Map<Cell, ImpactCounts> expected) {
        spread();
        Map<String, ImpactCounts> former = preview;
        preview = new HashMap<>();
        expected.forEach((cell, count) -> {
            if (!count.equals(ImpactCounts.ZERO)) {
                preview.put(cell.key(), count);
            }
        });
        for (String key : preview.keySet()) {
            if (!preview.get(key).equals(former.get(key))) {
                unsent.add(key);
            }
            ensureStored(key);
        }
        former.forEach((key, count) -> {
            if (!preview.containsKey(key) && !count.equals(ImpactCounts.ZERO)) {
                unsent.add(key);
            }
        });
    }

    /**
     * An appointment of the preview has been counted, or will not be.
     *
     * @param impact as it was expected in the preview
     */
    void retractPreview(Impact impact, String specialty) {
        retracted.add(CellGroup.of(impact, specialty), AtRiskPreview.ONE);
    }

    /**
     * Stores a zero for a cell that is only in the preview. Otherwise, after a crash, no message would correct the
     * preview.
     */
    private void ensureStored(String key) {
        if (counts.putIfAbsent(key, ImpactCounts.ZERO) == null) {
            unstored.add(key);
        }
    }

    private void spread() {
        Map<Cell, ImpactCounts> changed = new HashMap<>();
        if (changes.size() > 0) {
            changes.take((group, change) -> cells.spread(group, change, changed));
            changed.forEach((cell, change) -> {
                // Most changes move an appointment into or out of one outage's cell and leave it in dozens of others.
                if (!change.equals(ImpactCounts.ZERO)) {
                    counts.merge(cell.key(), change, ImpactCounts::plus);
                    unstored.add(cell.key());
                }
            });
        }
        if (!retracted.isEmpty()) {
            Map<Cell, ImpactCounts> back = new HashMap<>();
            retracted.spreadInto(back);
            back.forEach((cell, change) -> {
                ensureStored(cell.key());
                preview.merge(cell.key(), change.times(-1), ImpactCounts::plus);
                changed.merge(cell, change.times(-1), ImpactCounts::plus);
            });
        }
        changed.forEach((cell, change) -> {
            if (!change.equals(ImpactCounts.ZERO)) {
                unsent.add(cell.key());
            }
        });
    }

    /** Stores what has changed since the last call. To be called after each record: later records may be lost alone. */
    void keep() {
        changes.store();
        storeCounts();
    }

    /** Spreads what has changed over the cells, and stores their counts. To be called once a turn. */
    void settle() {
        spread();
        storeCounts();
    }

    private void storeCounts() {
        for (String key : unstored) {
            store.put(key, counts.get(key));
        }
        unstored.clear();
    }

    /** Number of changes and cells that wait to be sent. */
    int unsent() {
        return changes.size() + unsent.size();
    }

    /** Sends the counts that have changed and have been {@linkplain #settle settled} since the last call. */
    void flush(BiConsumer<String, ImpactCounts> out) {
        for (String key : unsent) {
            ImpactCounts counted = counts.get(key);
            ImpactCounts expected = preview.getOrDefault(key, ImpactCounts.ZERO);
            out.accept(key, counted.plus(expected));
            if (counted.equals(ImpactCounts.ZERO) && expected.equals(ImpactCounts.ZERO)) {
                forget(key);
            }
        }
        unsent.clear();
    }

    /** An hour, day or outage without appointments leaves no state behind. */
    private void forget(String key) {
        counts.remove(key);
        preview.remove(key);
        store.delete(key);
    }
}
