package org.knockon.streams.failure;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.knockon.schemas.registry.RegistryUnavailableException;
import org.knockon.streams.codec.StateFormatException;

/**
 * Sends records that cannot be decoded to the dead-letter queue and continues. If the registry cannot be reached the
 * record may well be valid, so the thread stops and is replaced. An internal record that cannot be read was written by
 * another release: the app stops, because a skipped outage or count would make results wrong.
 */
public final class UnreadableRecordHandler implements DeserializationExceptionHandler {

    private String queue;

    @Override
    public void configure(Map<String, ?> config) {
        queue = String.valueOf(config.get(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG));
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        if (RegistryUnavailableException.isBehind(exception)
                || StateFormatException.in(exception).isPresent()) {
            return Response.fail();
        }
        // Only messages of serdes are known not to contain the record's content.
        String reason = exception instanceof SerializationException
                ? exception.getMessage()
                : exception.getClass().getSimpleName();
        DeadLetterLog.ofThisProcess().add(record.topic(), record.partition(), record.offset(), reason);
        return Response.resume(List.of(DeadLetter.of(queue, context, exception)));
    }
}
