package org.knockon.schemas.admin;

import java.util.OptionalInt;
import org.knockon.schemas.Topics;

/**
 * Options for creating topics.
 *
 * @param partitions partitions of each partitioned topic; the number must be the same, because one task reads them
 *     together
 * @param replicationFactor -1 for the broker's default
 * @param keepForever whether to disable deletion by age. Replays need this: their records have old event times, and the
 *     broker would delete their segments within minutes
 * @param minInsyncReplicas how many replicas must have a record before it is acknowledged; empty for the value of {@link
 *     InsyncReplicas#byDefault}
 */
public record TopicOptions(
        int partitions, short replicationFactor, boolean keepForever, OptionalInt minInsyncReplicas) {

    /** Four partitions, the broker's default replication factor, the retention of {@link Topics}. */
    public static final TopicOptions DEFAULT = new TopicOptions(4, (short) -1, false);

    /** With the default number of replicas that must have a record. */
    public TopicOptions(int partitions, short replicationFactor, boolean keepForever) {
        this(partitions, replicationFactor, keepForever, OptionalInt.empty());
    }

    public TopicOptions {
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions must be at least 1, but it is " + partitions);
        }
        if (replicationFactor < 1 && replicationFactor != -1) {
            throw new IllegalArgumentException(
                    "replication factor must be at least 1, or -1 for the broker's default, but it is "
                            + replicationFactor);
        }
        if (minInsyncReplicas.isPresent()) {
            if (minInsyncReplicas.getAsInt() < 1) {
                throw new IllegalArgumentException(
                        "min in-sync replicas must be at least 1, but it is " + minInsyncReplicas.getAsInt());
            }
            if (replicationFactor != -1) {
                requireAtMost(minInsyncReplicas.getAsInt(), replicationFactor);
            }
        }
    }

    /** @throws IllegalArgumentException if more replicas would have to have a record than there are */
    void requireAtMost(int replicas) {
        minInsyncReplicas.ifPresent(minInsync -> requireAtMost(minInsync, replicas));
    }

    private static void requireAtMost(int minInsync, int replicas) {
        if (minInsync > replicas) {
            throw new IllegalArgumentException("min in-sync replicas must be at most the replication factor, "
                    + replicas + ", but it is " + minInsync + ": nothing could be written");
        }
    }

    /** The same options for a replay: no deletion by age. */
    public TopicOptions forReplay() {
        return new TopicOptions(partitions, replicationFactor, true, minInsyncReplicas);
    }
}
