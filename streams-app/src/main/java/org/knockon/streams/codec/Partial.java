package org.knockon.streams.codec;

import org.knockon.impact.model.ImpactCounts;

/** What one assessor partition tells the counters. Values are absolute, so repeats do no harm. */
public sealed interface Partial {

    /** The partition that counted. */
    int partition();

    /** Its count of the cell that is the record's key. */
    record CellCount(int partition, ImpactCounts counts) implements Partial {}

    /** All it has to say up to this event time has been said. */
    record Tick(int partition, long now) implements Partial {}
}
