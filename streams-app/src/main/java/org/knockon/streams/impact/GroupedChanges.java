package org.knockon.streams.impact;

import java.util.HashMap;
import java.util.Map;
import org.knockon.impact.assessment.CellGroup;
import org.knockon.impact.assessment.Cells;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.ImpactCounts;

/**
 * Sums the changes of similar impacts before it spreads them over their cells: an appointment counts in dozens of
 * cells, and an outage moves many that count in the same ones.
 */
final class GroupedChanges {

    /** Spreading this many groups takes about a millisecond. */
    private static final int MANY = 100;

    private final Cells cells;
    private final Map<CellGroup, ImpactCounts> groups = new HashMap<>();

    GroupedChanges(Cells cells) {
        this.cells = cells;
    }

    void add(CellGroup group, ImpactCounts change) {
        groups.merge(group, change, ImpactCounts::plus);
    }

    boolean isEmpty() {
        return groups.isEmpty();
    }

    boolean areMany() {
        return groups.size() >= MANY;
    }

    /** Adds the changes since the last call to their cells. */
    void spreadInto(Map<Cell, ImpactCounts> changes) {
        groups.forEach((group, change) -> cells.spread(group, change, changes));
        groups.clear();
    }
}
