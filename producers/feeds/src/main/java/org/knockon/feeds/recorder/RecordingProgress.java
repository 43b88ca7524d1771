package org.knockon.feeds.recorder;

import java.util.Map;

/**
 * Progress of a recording.
 *
 * @param records number of records written, by name of the topic without the prefix
 * @param position offsets read since the beginning of the topics, over all partitions
 * @param end the same at their ends; transaction markers count too
 * @param reached the latest timestamp written, epoch milliseconds; {@link Long#MIN_VALUE} before the first
 * @param complete whether the recording reached its planned end
 */
public record RecordingProgress(Map<String, Long> records, long position, long end, long reached, boolean complete) {

    static final RecordingProgress NONE = new RecordingProgress(Map.of(), 0, 0, Long.MIN_VALUE, false);

    public RecordingProgress {
        records = Map.copyOf(records);
    }

    public long total() {
        return records.values().stream().mapToLong(count -> count).sum();
    }
}
