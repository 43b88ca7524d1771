package org.knockon.streams.codec;

import org.knockon.impact.model.ImpactCounts;

/**
 * The counts of one cell.
 *
 * @param sum over all assessor partitions
 * @param published as last sent to {@code impact-counts}; null before the first
 * @param recorded as last sent to {@code impact-history}; null before the first
 */
public record CellTally(ImpactCounts sum, ImpactCounts published, ImpactCounts recorded) {

    public static final CellTally EMPTY = new CellTally(ImpactCounts.ZERO, null, null);
}
