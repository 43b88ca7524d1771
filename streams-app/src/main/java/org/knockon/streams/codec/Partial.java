package org.knockon.streams.codec;

import org.knockon.impact.model.ImpactCounts;

/** A message from an assessor partition to the counters. Values are absolute, so repeats do no harm. */
public sealed interface Partial {

    /** The assessor partition. */
    int partition();

    /** Its count of the cell named by the record's key. */
    record CellCount(int partition, ImpactCounts counts) implements Partial {}

    /** The partition has sent all its counts up to this event time. */
    record Tick(int partition, long now) implements Partial {}
}
