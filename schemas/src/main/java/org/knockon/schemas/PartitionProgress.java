package org.knockon.schemas;

import java.time.Duration;

/**
 * Value of {@code input-progress}: how far the pipeline has read one partition of an input topic.
 *
 * @param topic short name, without the prefix
 * @param position all records before this offset have been processed and committed; equals {@code end} when nothing is
 *     left to process
 * @param end end offset of the partition when the report was made
 * @param latestEventAt event time that the reporting instance has reached, epoch milliseconds; null before its first
 *     event
 * @param reportedAt wall clock of the reporting instance, epoch milliseconds
 */
public record PartitionProgress(
        String topic, int partition, long position, long end, Long latestEventAt, long reportedAt) {

    /** The pipeline reports each partition that it reads this often, whether or not its progress has changed. */
    public static final Duration REPORT_INTERVAL = Duration.ofSeconds(2);

    /** @throws IllegalArgumentException naming the invalid field */
    public PartitionProgress {
        require(!topic.isBlank(), "topic must not be blank");
        require(partition >= 0, "partition must not be negative, but it is " + partition);
        require(
                position >= 0 && position <= end,
                "position must be between 0 and end, but it is " + position + " and end is " + end);
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }

    /** The record key. */
    public String key() {
        return topic + "-" + partition;
    }
}
