package org.knockon.feeds.publish;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Where and how to publish.
 *
 * @param client settings of Kafka clients and the registry
 * @param prefix of every topic
 * @param instanceGroup what instances with the same feeds have in common; the newest producer of a group stops the
 *     earlier ones
 * @param exercise name of the exercise that all records belong to; empty for live data
 */
public record PublisherSettings(
        Map<String, Object> client, String prefix, String instanceGroup, Optional<String> exercise) {

    /** So many that the broker has ended the last transaction of each when it is used again. */
    static final int PRODUCERS = 4;

    /** Shorter than senders wait for an answer. */
    private static final int DELIVERY_MILLIS = 3_000;

    private static final int REQUEST_MILLIS = 2_000;

    /** A reader of committed records waits at most this long for a transaction of an instance that was killed. */
    private static final int TRANSACTION_MILLIS = 10_000;

    public PublisherSettings {
        client = Map.copyOf(client);
    }

    /** @param number of the producer; the first has the id of the group, as the only one of earlier versions had */
    Map<String, Object> producer(int number) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.putAll(client);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, number == 0 ? instanceGroup : instanceGroup + "-" + number);
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) DELIVERY_MILLIS);
        return config;
    }
}
