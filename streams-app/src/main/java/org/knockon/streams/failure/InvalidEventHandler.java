package org.knockon.streams.failure;

import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Sends invalid events to Kafka Streams' dead-letter queue and goes on. Anything else is a fault of ours: it stops the client
 * before it commits, because a count that may be wrong is worse than one that is late.
 */
public final class InvalidEventHandler extends LogAndContinueProcessingExceptionHandler {

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        return exception instanceof InvalidEventException
                ? super.handleError(context, record, exception)
                : Response.fail();
    }
}
