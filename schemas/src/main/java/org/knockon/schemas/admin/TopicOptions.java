package org.knockon.schemas.admin;

import org.knockon.schemas.Topics;

/**
 * Options for creating topics.
 *
 * @param partitions partitions of each partitioned topic; the number must be the same, because one task reads them
 *     together
 * @param replicationFactor -1 for the broker's default
 * @param keepForever whether to disable deletion by age. Replays need this: their records have old event times, and the
 *     broker would delete their segments within minutes
 */
public record TopicOptions(int partitions, short replicationFactor, boolean keepForever) {

    /** Four partitions, the broker's default replication factor, the retention of {@link Topics}. */
    public static final TopicOptions DEFAULT = new TopicOptions(4, (short) -1, false);

    public TopicOptions {
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions must be at least 1, but it is " + partitions);
        }
        if (replicationFactor < 1 && replicationFactor != -1) {
            throw new IllegalArgumentException(
                    "replication factor must be at least 1, or -1 for the broker's default, but it is "
                            + replicationFactor);
        }
    }

    /** The same options for a replay: no deletion by age. */
    public TopicOptions forReplay() {
        return new TopicOptions(partitions, replicationFactor, true);
    }
}
