package org.knockon.streams.failure;

import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;

/**
 * Sends bytes that no schema explains to Kafka Streams' dead-letter queue and goes on. When it is the registry that cannot be
 * reached the record may well be valid, so the thread stops instead and is tried again.
 */
public final class UnreadableRecordHandler extends LogAndContinueExceptionHandler {

    @Override
    public Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        return registryAway(exception) ? Response.fail() : super.handleError(context, record, exception);
    }

    /** Whether trouble on the way to the registry, not the record, is at the bottom of it. */
    public static boolean registryAway(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException || cause instanceof RetriableException) {
                return true;
            }
        }
        return false;
    }
}
