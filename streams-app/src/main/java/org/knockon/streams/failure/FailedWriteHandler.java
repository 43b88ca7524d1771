package org.knockon.streams.failure;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;

/**
 * A write that fails permanently stops the thread and aborts its transaction. Kafka Streams' own handler also sends a
 * dead letter of the input record. That would be aborted as well, and it fails if the input record has no valid
 * timestamp; the log then names that failure instead of the real one.
 */
public final class FailedWriteHandler implements ProductionExceptionHandler {

    @Override
    public void configure(Map<String, ?> config) {
        // Nothing to configure.
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
        return exception instanceof RetriableException ? Response.retry() : Response.fail();
    }

    @Override
    @SuppressWarnings("rawtypes") // as Kafka Streams declares it
    public Response handleSerializationError(
            ErrorHandlerContext context,
            ProducerRecord record,
            Exception exception,
            SerializationExceptionOrigin origin) {
        return Response.fail();
    }
}
