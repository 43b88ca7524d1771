package org.knockon.warroom.feed;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the records that a reader had to skip, and logs a line for each: at most {@link #MOST_LINES} a second, then their sum. The
 * words of an exception are logged where they are this program's own alone, for others may quote the record.
 */
final class SkippedRecords {

    static final int MOST_LINES = 10;

    private static final Logger LOG = LoggerFactory.getLogger(SkippedRecords.class);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final AtomicLong count = new AtomicLong();
    private long second = System.nanoTime();
    private int lines;
    private long unlogged;

    /** For one thread. */
    void skipped(ConsumerRecord<?, ?> record, String why) {
        count.incrementAndGet();
        if (System.nanoTime() - second >= SECOND) {
            if (unlogged > 0) {
                LOG.warn("and {} more records that cannot be read", unlogged);
            }
            second = System.nanoTime();
            lines = 0;
            unlogged = 0;
        }
        if (++lines > MOST_LINES) {
            unlogged++;
            return;
        }
        LOG.warn("cannot read {}-{} at offset {}: {}", record.topic(), record.partition(), record.offset(), why);
    }

    long count() {
        return count.get();
    }
}
