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
 * <p>Moves that are alike are taken together until they are stored or told: an appointment stands in dozens of cells, and an outage
 * makes many that move alike.
 */
final class PartialCounts {

    /** Moves that are not alike: they are spread before they are so many that it takes longer than a slice may. */
    private static final int MOST_APART = 100;

    private final KeyValueStore<String, ImpactCounts> store;
    private final Cells cells;
    private final Map<String, ImpactCounts> counts = new HashMap<>();
    /** Part of the counts: what belongs to states that are not in their store yet. */
    private final Map<String, ImpactCounts> ahead = new HashMap<>();

    private final Map<Move, Integer> moves = new HashMap<>();
    private final Map<Move, Integer> movesAhead = new HashMap<>();
    private final Map<Move, Integer> movesWritten = new HashMap<>();
    private final Set<String> unstored = new HashSet<>();
    private final Set<String> untold = new HashSet<>();

    PartialCounts(KeyValueStore<String, ImpactCounts> store, Cells cells) {
        this.store = store;
        this.cells = cells;
        try (KeyValueIterator<String, ImpactCounts> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, ImpactCounts> entry = all.next();
                counts.put(entry.key, entry.value);
                untold.add(entry.key);
            }
        }
    }

    /** Takes an appointment out of the cells it was in and puts it into those it is in now; null for none. */
    void move(Impact before, String specialtyBefore, Impact after, String specialtyAfter) {
        move(moves, this::both, before, specialtyBefore, after, specialtyAfter);
    }

    /** The same for what is to be told, but stored no sooner than it is {@linkplain #moveWritten written}. */
    void moveAhead(Impact before, String specialtyBefore, Impact after, String specialtyAfter) {
        move(movesAhead, this::told, before, specialtyBefore, after, specialtyAfter);
    }

    /** A state that was counted ahead is in its store now. */
    void moveWritten(Impact before, String specialtyBefore, Impact after, String specialtyAfter) {
        move(movesWritten, this::written, before, specialtyBefore, after, specialtyAfter);
    }

    private void move(
            Map<Move, Integer> alike,
            BiConsumer<String, ImpactCounts> taker,
            Impact before,
            String specialtyBefore,
            Impact after,
            String specialtyAfter) {
        CellGroup left = before == null ? null : CellGroup.of(before, specialtyBefore);
        CellGroup entered = after == null ? null : CellGroup.of(after, specialtyAfter);
        if (left != null || entered != null) {
            Move move = new Move(
                    left, left == null ? null : Cells.one(before), entered, entered == null ? null : Cells.one(after));
            alike.merge(move, 1, Integer::sum);
            if (alike.size() >= MOST_APART) {
                spread(alike, taker);
            }
        }
    }

    /** Writes what changed since the last call, in step with the states in their store. */
    void store() {
        spread(moves, this::both);
        spread(movesAhead, this::told);
        spread(movesWritten, this::written);
        for (String key : unstored) {
            ImpactCounts early = ahead.get(key);
            store.put(key, early == null ? counts.get(key) : counts.get(key).plus(early.negated()));
        }
        unstored.clear();
    }

    private void both(String key, ImpactCounts change) {
        counts.merge(key, change, ImpactCounts::plus);
        untold.add(key);
        unstored.add(key);
    }

    private void told(String key, ImpactCounts change) {
        counts.merge(key, change, ImpactCounts::plus);
        untold.add(key);
        ahead.merge(key, change, PartialCounts::plusOrNothing);
    }

    private void written(String key, ImpactCounts change) {
        ahead.merge(key, change.negated(), PartialCounts::plusOrNothing);
        unstored.add(key);
    }

    private void spread(Map<Move, Integer> alike, BiConsumer<String, ImpactCounts> taker) {
        alike.forEach((move, times) -> {
            Set<Cell> left = move.left == null ? Set.of() : cells.of(move.left);
            Set<Cell> entered = move.entered == null ? Set.of() : cells.of(move.entered);
            boolean countsAlike = move.entered != null && move.entering.equals(move.leaving);
            ImpactCounts out = move.left == null ? null : move.leaving.times(-times);
            ImpactCounts in = move.entered == null ? null : move.entering.times(times);
            for (Cell cell : left) {
                // Most changes move an appointment in or out of one outage's cell and leave it in dozens of others.
                if (!countsAlike || !entered.remove(cell)) {
                    taker.accept(cell.key(), out);
                }
            }
            for (Cell cell : entered) {
                taker.accept(cell.key(), in);
            }
        });
        alike.clear();
    }

    private static ImpactCounts plusOrNothing(ImpactCounts one, ImpactCounts other) {
        ImpactCounts sum = one.plus(other);
        return sum.equals(ImpactCounts.ZERO) ? null : sum;
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

    /**
     * Of one appointment, or of others like it.
     *
     * @param left null for none, as the rest
     * @param leaving what it counted as
     * @param entering what it counts as now
     */
    private record Move(CellGroup left, ImpactCounts leaving, CellGroup entered, ImpactCounts entering) {}
}
