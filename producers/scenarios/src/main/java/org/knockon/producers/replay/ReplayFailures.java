package org.knockon.producers.replay;

import java.util.function.Predicate;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionAbortableException;

/** What a failed request of the replayer means. */
final class ReplayFailures {
    private ReplayFailures() {}

    /** Whether a new producer can continue after the last committed event. */
    static boolean isTemporary(Throwable failure) {
        return hasCause(
                failure,
                cause -> cause instanceof RetriableException || cause instanceof TransactionAbortableException);
    }

    /** Whether the broker refuses the producer because a newer one exists, or may exist. */
    static boolean isFenced(Throwable failure) {
        return hasCause(
                failure,
                cause -> cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException);
    }

    /** What failed and, if its message does not say so, why: "we are in an error state" does not. */
    static String reason(KafkaException failure) {
        String message = String.valueOf(failure.getMessage());
        String cause = failure.getCause() == null ? null : failure.getCause().getMessage();
        return cause == null || message.contains(cause) ? message : message + ": " + cause;
    }

    private static boolean hasCause(Throwable failure, Predicate<Throwable> wanted) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (wanted.test(cause)) {
                return true;
            }
        }
        return false;
    }
}
