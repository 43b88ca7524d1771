package org.knockon.streams.app;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * Counts the stores that are being restored from their changelogs. Kafka Streams may be RUNNING while re-created tasks
 * restore.
 */
final class RestoreProgress implements StateRestoreListener {

    private final Set<TopicPartition> restoring = ConcurrentHashMap.newKeySet();

    /** Number of changelog partitions that are not restored yet. */
    int restoring() {
        return restoring.size();
    }

    @Override
    public void onRestoreStart(TopicPartition changelog, String store, long from, long end) {
        restoring.add(changelog);
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String store, long end, long records) {
        // Only the start and the end matter here.
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String store, long records) {
        restoring.remove(changelog);
    }

    @Override
    public void onRestoreSuspended(TopicPartition changelog, String store, long records) {
        restoring.remove(changelog);
    }
}
