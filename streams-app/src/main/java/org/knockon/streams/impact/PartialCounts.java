package org.knockon.streams.impact;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.knockon.impact.assessment.CellGroup;
import org.knockon.impact.assessment.Cells;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactCounts;

/**
 * What the appointments of one partition add to each cell. Counts may be told ahead of the states that they count; what is stored is
 * in step with the states in their store, so that a crash leaves both as they were.
 *
 * <p>Moves are kept by group, of which a slice has few, until they are stored or told: an appointment stands in a dozen cells.
 */
final class PartialCounts {

    private final KeyValueStore<String, ImpactCounts> store;
    private final Cells cells;
    private final Map<String, ImpactCounts> counts = new HashMap<>();
    private final Map<String, ImpactCounts> stored = new HashMap<>();
    private final Map<CellGroup, ImpactCounts> moves = new HashMap<>();
    private final Map<CellGroup, ImpactCounts> movesAhead = new HashMap<>();
    private final Map<CellGroup, ImpactCounts> movesWritten = new HashMap<>();
    private final Set<String> unstored = new HashSet<>();
    private final Set<String> untold = new HashSet<>();

    PartialCounts(KeyValueStore<String, ImpactCounts> store, Cells cells) {
        this.store = store;
        this.cells = cells;
        try (KeyValueIterator<String, ImpactCounts> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, ImpactCounts> entry = all.next();
                counts.put(entry.key, entry.value);
                stored.put(entry.key, entry.value);
                untold.add(entry.key);
            }
        }
    }

    /** Takes an appointment out of the cells it was in and puts it into those it is in now; null for none. */
    void move(Impact before, String specialtyBefore, Impact after, String specialtyAfter) {
        move(moves, before, specialtyBefore, after, specialtyAfter);
    }

    /** The same for what is to be told, but stored no sooner than it is {@linkplain #moveWritten written}. */
    void moveAhead(Impact before, String specialtyBefore, Impact after, String specialtyAfter) {
        move(movesAhead, before, specialtyBefore, after, specialtyAfter);
    }

    /** A state that was counted ahead is in its store now. */
    void moveWritten(Impact before, String specialtyBefore, Impact after, String specialtyAfter) {
        move(movesWritten, before, specialtyBefore, after, specialtyAfter);
    }

    private static void move(
            Map<CellGroup, ImpactCounts> groups,
            Impact before,
            String specialtyBefore,
            Impact after,
            String specialtyAfter) {
        CellGroup left = before == null ? null : CellGroup.of(before, specialtyBefore);
        CellGroup entered = after == null ? null : CellGroup.of(after, specialtyAfter);
        if (left != null) {
            groups.merge(left, Cells.one(before).negated(), ImpactCounts::plus);
        }
        if (entered != null) {
            groups.merge(entered, Cells.one(after), ImpactCounts::plus);
        }
    }

    /** Writes what changed since the last call, in step with the states in their store. */
    void store() {
        spread(moves, (key, change) -> {
            add(key, change, counts, untold);
            add(key, change, stored, unstored);
        });
        spread(movesAhead, (key, change) -> add(key, change, counts, untold));
        spread(movesWritten, (key, change) -> add(key, change, stored, unstored));
        for (String key : unstored) {
            store.put(key, stored.get(key));
        }
        unstored.clear();
    }

    /** Most changes move an appointment in or out of one outage's cell and leave it in dozens of others: only that one is told. */
    private void spread(Map<CellGroup, ImpactCounts> groups, BiConsumer<String, ImpactCounts> taker) {
        if (groups.isEmpty()) {
            return;
        }
        Map<Cell, ImpactCounts> changes = new HashMap<>();
        groups.forEach((group, change) -> {
            if (!change.equals(ImpactCounts.ZERO)) {
                cells.of(group).forEach(cell -> changes.merge(cell, change, ImpactCounts::plus));
            }
        });
        groups.clear();
        changes.forEach((cell, change) -> {
            if (!change.equals(ImpactCounts.ZERO)) {
                taker.accept(cell.key(), change);
            }
        });
    }

    private static void add(String key, ImpactCounts change, Map<String, ImpactCounts> to, Set<String> changed) {
        to.merge(key, change, ImpactCounts::plus);
        changed.add(key);
    }

    int untold() {
        return untold.size();
    }

    /** Tells what changed since the last call and before the last {@link #store}. */
    void flush(BiConsumer<String, ImpactCounts> teller) {
        for (String key : untold) {
            teller.accept(key, counts.get(key));
        }
        untold.clear();
    }
}
