package org.knockon.schemas.reading;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Creates topics and writes to them in transactions. */
final class TransactionalTopic {

    private final Map<String, Object> client;

    TransactionalTopic(String bootstrapServers) {
        client = Map.of("bootstrap.servers", bootstrapServers);
    }

    Map<String, Object> client() {
        return client;
    }

    void create(String topic, int partitions) throws Exception {
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(Set.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    void commit(String topic, int partition, String... values) {
        try (KafkaProducer<byte[], byte[]> producer = begin(topic, partition, values)) {
            producer.commitTransaction();
        }
    }

    void abort(String topic, int partition, String... values) {
        try (KafkaProducer<byte[], byte[]> producer = begin(topic, partition, values)) {
            producer.abortTransaction();
        }
    }

    /** Leaves the transaction open until the result is closed. */
    AutoCloseable open(String topic, int partition, String... values) {
        KafkaProducer<byte[], byte[]> producer = begin(topic, partition, values);
        return () -> {
            producer.abortTransaction();
            producer.close();
        };
    }

    private KafkaProducer<byte[], byte[]> begin(String topic, int partition, String... values) {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        client.get("bootstrap.servers"),
                        "transactional.id",
                        "reading-" + UUID.randomUUID()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        for (String value : values) {
            producer.send(
                    new ProducerRecord<>(topic, partition, null, value.getBytes(StandardCharsets.UTF_8)));
        }
        producer.flush();
        return producer;
    }
}
