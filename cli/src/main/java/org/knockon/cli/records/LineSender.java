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
 * Sends records and accounts for each: acknowledged, refused for itself, or the end of it all.
 *
 * <p>Right: send each record, {@link #requireNoFailure} now and then, {@link #finish}, {@link #close}, {@link #sent}.
 */
final class LineSender implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Takes the number of a line whose record was refused, and why; called by the producer's thread. */
    interface Refused {
        void accept(long line, String reason);
    }

    private final Producer<byte[], byte[]> producer;
    private final Refused refused;
    private final AtomicLong sent = new AtomicLong();
    private volatile KafkaException failure;

    /** @param producer closed with this */
    LineSender(Producer<byte[], byte[]> producer, Refused refused) {
        this.producer = producer;
        this.refused = refused;
    }

    /** @param line number for the report, should the record be refused */
    void send(long line, ProducerRecord<byte[], byte[]> record) {
        producer.send(record, (metadata, e) -> {
            if (e == null) {
                sent.incrementAndGet();
            } else if (isOfTheRecord(e)) {
                refused.accept(line, e.getMessage());
            } else if (failure == null) {
                failure = e instanceof KafkaException known ? known : new KafkaException(e);
            }
        });
    }

    /** Anything else, such as a missing right or a broker that is gone, would meet the next record too. */
    private static boolean isOfTheRecord(Exception e) {
        return e instanceof RecordTooLargeException
                || e instanceof InvalidTimestampException
                || e instanceof InvalidRecordException;
    }

    /** @throws KafkaException that of the first record that failed otherwise than for itself */
    void requireNoFailure() {
        KafkaException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    /** Waits until every record is accounted for. */
    void finish() {
        producer.flush();
        requireNoFailure();
    }

    /** Number of acknowledged records; final once this is closed. */
    long sent() {
        return sent.get();
    }

    /** Records that are still on their way after ten seconds are given up. */
    @Override
    public void close() {
        producer.close(PATIENCE);
    }
}
