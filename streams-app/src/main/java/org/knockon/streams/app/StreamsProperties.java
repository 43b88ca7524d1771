package org.knockon.streams.app;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.knockon.schemas.Topics;
import org.knockon.streams.failure.FailedWriteHandler;
import org.knockon.streams.failure.InvalidEventHandler;
import org.knockon.streams.failure.UnreadableRecordHandler;

/** The Kafka Streams settings that this topology needs. */
public final class StreamsProperties {

    /** A dead letter is its original and explanatory headers, so it may be larger than any other record. */
    private static final int LARGEST_REQUEST = 4 * 1024 * 1024;

    /**
     * Records of one poll, and records of one partition that wait. A batch of a few kB can unpack to records of {@link
     * org.knockon.schemas.limits.InputLimits#LARGEST_VALUE} each, and all of these are on the heap at the same time.
     */
    private static final int MOST_RECORDS = 250;

    /**
     * Compressed bytes of one fetch of a partition: some thousand events. What is fetched is processed before anything
     * that is fetched later. With Kafka's 1 MiB, an app that catches up processes 50,000 appointments before it sees the
     * catalogue or an outage.
     */
    private static final int MOST_FETCHED_BYTES = 128 * 1024;

    /** The value of {@code group.protocol} that does not support static membership. */
    private static final String PROTOCOL_WITHOUT_INSTANCES = "streams";

    /** Kafka's own constant for it is deprecated from its first release on, because Kafka 5 removes the setting. */
    private static final String HANDLER_OF_GLOBAL_THREAD = "processing.exception.handler.global.enabled";

    private StreamsProperties() {}

    /** Handlers of unreadable and invalid records. */
    public static Map<String, Object> failureHandling(String prefix) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, Topics.DEAD_LETTERS.name(prefix));
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, UnreadableRecordHandler.class);
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, InvalidEventHandler.class);
        properties.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, FailedWriteHandler.class);
        return properties;
    }

    /**
     * Client settings of the user override our tuning, but not the settings on which the guarantees depend.
     *
     * @param instance see {@link InstanceName}
     * @param rocksDb memory of the stores
     */
    static Properties of(StreamsAppSettings settings, String instance, RocksDbMemory rocksDb) {
        Properties properties = new Properties();
        // Without a prefix: with one they would override what the user set without one.
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
        properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, MOST_RECORDS);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MOST_FETCHED_BYTES);
        properties.put(StreamsConfig.POLL_MS_CONFIG, 10);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 50);
        if (!PROTOCOL_WITHOUT_INSTANCES.equalsIgnoreCase(
                String.valueOf(settings.client().get(StreamsConfig.GROUP_PROTOCOL_CONFIG)))) {
            properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance);
        }
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, settings.replicationFactor());
        // A user's own setter replaces the shared memory.
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbMemory.Setter.class);
        properties.put(RocksDbMemory.CONFIG, rocksDb);
        // The default of Kafka 5. The topology has no global store; without this every start logs three warnings.
        properties.put(HANDLER_OF_GLOBAL_THREAD, true);
        properties.putAll(settings.client());
        // Changelogs carry event time. By default the broker rejects records over an hour ahead of its clock, which
        // would
        // stop the app.
        properties.put(
                StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG),
                Long.toString(Long.MAX_VALUE));
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), LARGEST_REQUEST);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbyReplicas());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir().toString());
        properties.putAll(failureHandling(settings.pipeline().prefix()));
        return properties;
    }
}
