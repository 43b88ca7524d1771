package org.knockon.cli.records;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Sends records and tracks the outcome of each: acknowledged, rejected alone, or failed in a way that stops the command.
 *
 * <p>Valid: {@link #send} for each record, {@link #requireNoFailure} between them, {@link #finish}, {@link #close}, {@link #sent}. Invalid:
 * {@link #sent} before {@link #close}, when records may still be in flight.
 */
final class LineSender implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    /** Receives the line number of a rejected record and the reason, on the producer's thread. */
    interface RejectionListener {
        void accept(long line, String reason);
    }

    private final Producer<byte[], byte[]> producer;
    private final RejectionListener onRejection;
    private final AtomicLong sent = new AtomicLong();
    private volatile KafkaException failure;

    /** @param producer closed together with this sender */
    LineSender(Producer<byte[], byte[]> producer, RejectionListener onRejection) {
        this.producer = producer;
        this.onRejection = onRejection;
    }

    /** @param line line number for the report if the record is rejected */
    void send(long line, ProducerRecord<byte[], byte[]> record) {
        producer.send(record, (metadata, e) -> {
            if (e == null) {
                sent.incrementAndGet();
            } else if (concernsOneRecord(e)) {
                onRejection.accept(line, e.getMessage());
            } else if (failure == null) {
                failure = e instanceof KafkaException known ? known : new KafkaException(e);
            }
        });
    }

    /** Other failures, such as a missing permission or an unreachable broker, would affect the next record too. */
    private static boolean concernsOneRecord(Exception e) {
        return e instanceof RecordTooLargeException
                || e instanceof InvalidTimestampException
                || e instanceof InvalidRecordException;
    }

    /** @throws KafkaException the first failure that does not concern one record alone */
    void requireNoFailure() {
        KafkaException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    /** Waits for the outcome of every record. */
    void finish() {
        producer.flush();
        requireNoFailure();
    }

    /** Number of acknowledged records. Final only after {@link #close}. */
    long sent() {
        return sent.get();
    }

    /** Waits up to ten seconds for records in flight, then drops them. */
    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
