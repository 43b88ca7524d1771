package org.knockon.streams.app;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.knockon.schemas.Topics;
import org.knockon.streams.failure.InvalidEventHandler;
import org.knockon.streams.failure.UnreadableRecordHandler;

/** Kafka Streams' own settings, as this topology needs them. */
public final class StreamsProperties {

    private StreamsProperties() {}

    /** Where unreadable and invalid records go. */
    public static Map<String, Object> failureHandling(String prefix) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, Topics.DEAD_LETTERS.name(prefix));
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, UnreadableRecordHandler.class);
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, InvalidEventHandler.class);
        return properties;
    }
}
