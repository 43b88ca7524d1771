package org.knockon.warroom.feed;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.knockon.schemas.reading.ReadableRange;

/**
 * Whether there is a record between two offsets. The end of a partition counts the marks of transactions too, and a reader's committed
 * position may stay before the last mark for ever. For one thread.
 */
final class Unread {

    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final Map<String, Object> client;
    private final Map<TopicPartition, ReadableRange> empty = new HashMap<>();
    private final Map<TopicPartition, ReadableRange> before = new HashMap<>();

    Unread(Map<String, Object> client) {
        this.client = client;
    }

    /** What has changed since it was last asked is taken for unread: only what stands still is looked into. */
    boolean anything(TopicPartition partition, long from, long to) {
        ReadableRange range = new ReadableRange(partition, from, to);
        if (range.equals(empty.get(partition))) {
            return false;
        }
        if (!range.equals(before.put(partition, range))) {
            return true;
        }
        if (range.mayHoldRecord(client, LONGEST)) {
            return true;
        }
        empty.put(partition, range);
        return false;
    }
}
