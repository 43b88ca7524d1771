package org.knockon.streams.failure;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs one line per dead letter, without a stack trace or a body: at most ten a second in a process, then one line
 * with the number of others.
 */
final class DeadLetterLog {

    static final int LINES_PER_SECOND = 10;

    private static final long SECOND = 1_000_000_000L;

    private static final DeadLetterLog OF_THIS_PROCESS =
            new DeadLetterLog(LoggerFactory.getLogger("org.knockon.streams.DeadLetters"), System::nanoTime);

    private final Logger logger;
    private final LongSupplier nanos;
    private long secondStarted;
    private int lines;
    private long leftOut;

    /** @param nanos a monotonic clock in nanoseconds */
    DeadLetterLog(Logger logger, LongSupplier nanos) {
        this.logger = logger;
        this.nanos = nanos;
        secondStarted = nanos.getAsLong();
    }

    static DeadLetterLog ofThisProcess() {
        return OF_THIS_PROCESS;
    }

    /** @param reason may contain ids, but no other content of the record */
    synchronized void add(String topic, int partition, long offset, String reason) {
        flush();
        if (lines < LINES_PER_SECOND) {
            lines++;
            logger.warn("dead letter: {}-{} at offset {}: {}", topic, partition, offset, reason);
        } else {
            leftOut++;
        }
    }

    /** Logs the number of dead letters left out, once their second is over. Call it regularly. */
    synchronized void flush() {
        long now = nanos.getAsLong();
        if (now - secondStarted < SECOND) {
            return;
        }
        if (leftOut > 0) {
            logger.warn("{} more dead letters, not listed", leftOut);
        }
        secondStarted = now;
        lines = 0;
        leftOut = 0;
    }
}
