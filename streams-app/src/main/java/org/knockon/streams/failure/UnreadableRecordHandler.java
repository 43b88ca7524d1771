package org.knockon.streams.failure;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.knockon.schemas.registry.RegistryUnavailableException;

/**
 * Sends bytes that no schema explains to Kafka Streams' dead-letter queue and goes on. When it is the registry that cannot be
 * reached the record may well be valid, so the thread stops instead and is tried again.
 */
public final class UnreadableRecordHandler extends LogAndContinueExceptionHandler {

    @Override
    public Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        return RegistryUnavailableException.isBehind(exception)
                ? Response.fail()
                : super.handleError(context, record, exception);
    }
}
