package org.knockon.feeds.publish;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.knockon.schemas.serde.KnockonSerdes;

/**
 * Publishes much at once, beside the instance that receives messages: it takes part in no group and fences nobody. Each
 * record is acknowledged by all replicas that must have it.
 *
 * <p>For one thread, except {@link #close}. Valid: {@code publish..., finish, close}; {@code close} also alone.
 */
public final class BulkPublisher implements AutoCloseable {

    /** End of the source in the headers of records that come from an extract. */
    public static final String SOURCE_END = "/load";

    private static final Duration CLOSE = Duration.ofSeconds(5);
    private static final int BATCH_BYTES = 128 * 1024;
    private static final int LINGER_MILLIS = 20;

    private final KnockonSerdes serdes;
    private final Records records;
    private final Producer<String, byte[]> producer;
    private volatile Optional<KafkaException> failure = Optional.empty();

    /**
     * @param client settings of Kafka clients and the registry
     * @param prefix of every topic
     * @param exercise name of the exercise that all records belong to; empty for live data
     */
    public BulkPublisher(Map<String, Object> client, String prefix, Optional<String> exercise) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        config.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        config.putAll(client);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        serdes = new KnockonSerdes(client);
        records = new Records(serdes, prefix, exercise, SOURCE_END);
        producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    /**
     * Sends everything of a publication; waits while too much is on its way.
     *
     * @param acknowledged called in another thread when the broker has all of it
     * @throws KafkaException if an earlier publication has failed
     * @throws org.knockon.schemas.registry.RegistryException if the registry is away or refuses a schema
     */
    public void publish(Publication publication, Runnable acknowledged) {
        requireNoFailure();
        List<ProducerRecord<String, byte[]>> all = records.of(publication);
        AtomicInteger left = new AtomicInteger(all.size());
        for (ProducerRecord<String, byte[]> record : all) {
            producer.send(record, (metadata, e) -> {
                if (e != null) {
                    fail(e);
                } else if (left.decrementAndGet() == 0) {
                    acknowledged.run();
                }
            });
        }
    }

    private void fail(Exception e) {
        if (failure.isEmpty()) {
            failure = Optional.of(e instanceof KafkaException known ? known : new KafkaException(e));
        }
    }

    /**
     * Waits until the broker has everything.
     *
     * @throws KafkaException if something could not be published
     */
    public void finish() {
        producer.flush();
        requireNoFailure();
    }

    private void requireNoFailure() {
        failure.ifPresent(known -> {
            throw known;
        });
    }

    /** Waits a few seconds for what is on its way. */
    @Override
    public void close() {
        producer.close(CLOSE);
        serdes.close();
    }
}
