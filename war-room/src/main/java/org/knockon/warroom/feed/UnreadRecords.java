package org.knockon.warroom.feed;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.knockon.schemas.reading.ReadableRange;

/**
 * Whether there is a record between two offsets. End offsets include transaction markers, and a committed position may
 * stay before the last marker indefinitely. Not thread-safe.
 */
final class UnreadRecords {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final Map<String, Object> client;
    private final Map<TopicPartition, ReadableRange> empty = new HashMap<>();
    private final Map<TopicPartition, ReadableRange> previous = new HashMap<>();

    UnreadRecords(Map<String, Object> client) {
        this.client = client;
    }

    /** A range that changed since the last call counts as unread. Only an unchanged range is read. */
    boolean exist(TopicPartition partition, long from, long to) {
        ReadableRange range = new ReadableRange(partition, from, to);
        if (range.equals(empty.get(partition))) {
            return false;
        }
        if (!range.equals(previous.put(partition, range))) {
            return true;
        }
        if (range.mayHoldRecord(client, TIMEOUT)) {
            return true;
        }
        empty.put(partition, range);
        return false;
    }
}
