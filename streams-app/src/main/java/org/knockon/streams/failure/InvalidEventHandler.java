package org.knockon.streams.failure;

import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Sends invalid events to the dead-letter queue and continues. Any other exception is a fault in our code. It stops
 * the client before it commits, because a count that may be wrong is worse than a late one.
 */
public final class InvalidEventHandler implements ProcessingExceptionHandler {

    private String queue;

    @Override
    public void configure(Map<String, ?> config) {
        queue = String.valueOf(config.get(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG));
    }

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        if (!(exception instanceof InvalidEventException)) {
            return Response.fail();
        }
        DeadLetterLog.ofThisProcess()
                .add(context.topic(), context.partition(), context.offset(), exception.getMessage());
        return Response.resume(List.of(DeadLetter.of(queue, context, exception)));
    }
}
