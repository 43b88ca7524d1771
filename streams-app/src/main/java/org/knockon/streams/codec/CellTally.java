package org.knockon.streams.codec;

import java.util.SortedMap;
import org.knockon.impact.model.ImpactCounts;

/**
 * The counts of one cell.
 *
 * @param partials count by assessor partition
 * @param published as last sent to {@code impact-counts}; null before the first
 * @param recorded as last sent to {@code impact-history}; null before the first
 */
public record CellTally(SortedMap<Integer, ImpactCounts> partials, ImpactCounts published, ImpactCounts recorded) {

    public ImpactCounts sum() {
        ImpactCounts sum = ImpactCounts.ZERO;
        for (ImpactCounts counts : partials.values()) {
            sum = sum.plus(counts);
        }
        return sum;
    }
}
