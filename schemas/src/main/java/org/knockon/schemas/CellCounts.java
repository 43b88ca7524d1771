package org.knockon.schemas;

import org.knockon.impact.model.Cell;
import org.knockon.impact.model.ImpactCounts;

/**
 * Value of {@code impact-counts} and {@code impact-history}; the record's key is {@link Cell#key()}.
 *
 * @param asOf event time at which the counts stood so, epoch milliseconds
 */
public record CellCounts(Cell cell, ImpactCounts counts, long asOf) {}
