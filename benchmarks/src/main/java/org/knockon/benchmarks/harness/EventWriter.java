package org.knockon.benchmarks.harness;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.knockon.schemas.Topic;
import org.knockon.schemas.serde.KnockonSerdes;

/** Writes events to Knock-on's input topics, in batches. */
public final class EventWriter implements AutoCloseable {

    private final String prefix;
    private final KnockonSerdes serdes;
    private final Producer<String, byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final LongAdder acknowledged = new LongAdder();

    /** @param client may hold settings of the producer too */
    public EventWriter(String prefix, Map<String, Object> client) {
        this.prefix = prefix;
        serdes = new KnockonSerdes(client);
        Map<String, Object> settings = new HashMap<>();
        settings.put("linger.ms", 5);
        settings.put("batch.size", 256 * 1024);
        settings.put("compression.type", "lz4");
        settings.putAll(client);
        producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /** The value in wire format, as {@link #send(Topic, String, Object, long)} writes it. */
    public <V> byte[] encode(Topic<V> topic, V value) {
        return serdes.value(topic).serializer().serialize(topic.name(prefix), value);
    }

    /** @param at the record's timestamp, epoch milliseconds */
    public <V> Future<RecordMetadata> send(Topic<V> topic, String key, V value, long at) {
        return sendBytes(topic, key, encode(topic, value), at);
    }

    /** @param value in wire format or not; null for a tombstone */
    public Future<RecordMetadata> sendBytes(Topic<?> topic, String key, byte[] value, long at) {
        return producer.send(new ProducerRecord<>(topic.name(prefix), null, at, key, value), (record, problem) -> {
            if (problem == null) {
                acknowledged.increment();
            } else {
                failure.compareAndSet(null, problem);
            }
        });
    }

    /**
     * Returns once the broker has acknowledged everything.
     *
     * @throws IllegalStateException as {@link #requireNoFailure}
     */
    public void flush() {
        producer.flush();
        requireNoFailure();
    }

    /** @throws IllegalStateException if an event could not be written: the run does not count */
    public void requireNoFailure() {
        Exception first = failure.get();
        if (first != null) {
            throw new IllegalStateException("an event could not be written, so this run does not count", first);
        }
    }

    /** Events that the broker has acknowledged. */
    public long acknowledged() {
        return acknowledged.sum();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(30));
        serdes.close();
    }
}
