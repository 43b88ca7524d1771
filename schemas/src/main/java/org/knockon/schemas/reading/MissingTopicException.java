package org.knockon.schemas.reading;

import org.apache.kafka.common.KafkaException;

/** A topic does not exist. */
public final class MissingTopicException extends KafkaException {

    private static final long serialVersionUID = 1L;

    MissingTopicException(String topic) {
        super("topic " + topic + " does not exist");
    }
}
