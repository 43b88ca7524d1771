package org.knockon.benchmarks.programs;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.knockon.benchmarks.harness.OneDataCentre;
import org.knockon.impact.model.Outage;

/** Gives the peers what Knock-on detects by itself: which services have lost a system they need, and since when. */
public final class PeerOutages implements AutoCloseable {

    private final String topic;
    private final Producer<String, byte[]> producer;

    public PeerOutages(String topic, Map<String, Object> client) {
        this.topic = topic;
        producer = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer());
    }

    /** Begins an outage of every service; the broker has acknowledged all on return. */
    public void begin() throws ExecutionException, InterruptedException {
        send(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(OneDataCentre.OUTAGE_START)
                .putLong(Outage.OPEN)
                .array());
    }

    /** Ends all of them; the broker has acknowledged that on return. */
    public void end() throws ExecutionException, InterruptedException {
        send(null);
    }

    private void send(byte[] value) throws ExecutionException, InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (String service : OneDataCentre.ALL.serviceIds()) {
            sent.add(producer.send(new ProducerRecord<>(topic, service, value)));
        }
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
