package org.knockon.warroom.feed;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the records that a reader skipped and logs one line for each: at most {@link #MAX_LINES} a second, then their
 * number. Callers pass the message of an exception only if this program wrote it, because other messages may quote the
 * record.
 */
final class SkippedRecords {

    static final int MAX_LINES = 10;

    private static final Logger LOG = LoggerFactory.getLogger(SkippedRecords.class);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final AtomicLong count = new AtomicLong();
    private long second = System.nanoTime();
    private int lines;
    private long unlogged;

    /** Not thread-safe. */
    void add(ConsumerRecord<?, ?> record, String why) {
        count.incrementAndGet();
        if (System.nanoTime() - second >= SECOND) {
            if (unlogged > 0) {
                LOG.warn("skipped {} more unreadable records", unlogged);
            }
            second = System.nanoTime();
            lines = 0;
            unlogged = 0;
        }
        if (++lines > MAX_LINES) {
            unlogged++;
            return;
        }
        LOG.warn(
                "skipped unreadable record {}-{} at offset {}: {}",
                record.topic(),
                record.partition(),
                record.offset(),
                why);
    }

    long count() {
        return count.get();
    }
}
