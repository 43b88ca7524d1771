package org.knockon.streams.codec;

import org.knockon.impact.assessment.CellGroup;
import org.knockon.impact.model.ImpactCounts;

/**
 * By how much the counts of a group's cells are to change.
 *
 * @param change may have negative numbers
 */
public record GroupChange(CellGroup group, ImpactCounts change) {}
