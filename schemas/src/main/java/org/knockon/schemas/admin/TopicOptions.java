package org.knockon.schemas.admin;

import org.knockon.schemas.Topics;

/**
 * How topics are created.
 *
 * @param partitions of every partitioned topic; they must all have the same number, for one task reads them side by
 *     side
 * @param replicationFactor -1 leaves it to the broker
 * @param keepForever whether nothing is ever deleted by age. Replays need it: their records carry old event times, and
 *     the broker would delete their segments within minutes
 */
public record TopicOptions(int partitions, short replicationFactor, boolean keepForever) {

    /** Four partitions, the broker's own replication factor, the retention of {@link Topics}. */
    public static final TopicOptions DEFAULT = new TopicOptions(4, (short) -1, false);

    public TopicOptions {
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions must be at least 1, but it is " + partitions);
        }
        if (replicationFactor < 1 && replicationFactor != -1) {
            throw new IllegalArgumentException(
                    "replication factor must be at least 1, or -1 for the broker's own, but it is "
                            + replicationFactor);
        }
    }

    /** The same for a replay: nothing is deleted by age. */
    public TopicOptions forReplay() {
        return new TopicOptions(partitions, replicationFactor, true);
    }
}
