package org.knockon.schemas;

import org.knockon.impact.model.Cell;
import org.knockon.impact.model.ImpactCounts;

/**
 * Value of {@code impact-counts} and {@code impact-history}. The record key is {@link Cell#key()}.
 *
 * @param asOf event time at which these counts held, epoch milliseconds
 */
public record CellCounts(Cell cell, ImpactCounts counts, long asOf) {}
