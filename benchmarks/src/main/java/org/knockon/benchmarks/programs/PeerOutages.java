package org.knockon.benchmarks.programs;

import org.knockon.benchmarks.harness.OneDataCentre;
import org.knockon.impact.model.Outage;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Tells the peers what Knock-on finds out by itself: which services are without a system they need, and since when. */
public final class PeerOutages implements AutoCloseable {

    private final String topic;
    private final List<String> services;
    private final Producer<String, byte[]> producer;

    public PeerOutages(String topic, Map<String, Object> client, List<String> services) {
        this.topic = topic;
        this.services = services;
        producer = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer());
    }

    /** Returns once the broker has the outage of every service. */
    public void begin() throws Exception {
        send(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(OneDataCentre.OPENS + OneDataCentre.MINUTE)
                .putLong(Outage.OPEN)
                .array());
    }

    /** Returns once the broker knows of the end of each. */
    public void end() throws Exception {
        send(null);
    }

    private void send(byte[] value) throws Exception {
        List<Future<RecordMetadata>> sent = services.stream()
                .map(service -> producer.send(new ProducerRecord<>(topic, service, value)))
                .toList();
        producer.flush();
        for (Future<RecordMetadata> one : sent) {
            one.get();
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
