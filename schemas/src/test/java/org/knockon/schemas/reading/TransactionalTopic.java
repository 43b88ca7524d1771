package org.knockon.schemas.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
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
            await(() -> admin.listTopics().names().get().contains(topic));
        }
    }

    void commit(String topic, int partition, String... values) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = begin(topic, partition, values)) {
            producer.commitTransaction();
        }
        awaitMarker(topic, partition);
    }

    void abort(String topic, int partition, String... values) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = begin(topic, partition, values)) {
            producer.abortTransaction();
        }
        awaitMarker(topic, partition);
    }

    /** Runs the body while a transaction with these values is open. */
    void whileOpen(String topic, int partition, List<String> values, Runnable body) {
        try (KafkaProducer<byte[], byte[]> producer = begin(topic, partition, values.toArray(String[]::new))) {
            body.run();
            producer.abortTransaction();
        }
    }

    /** The coordinator writes the marker after the producer's call has returned. */
    private void awaitMarker(String topic, int partition) throws Exception {
        TopicPartition at = new TopicPartition(topic, partition);
        try (Admin admin = Admin.create(client)) {
            await(() ->
                    end(admin, at, IsolationLevel.READ_COMMITTED) == end(admin, at, IsolationLevel.READ_UNCOMMITTED));
        }
    }

    private static long end(Admin admin, TopicPartition partition, IsolationLevel level) throws Exception {
        return admin.listOffsets(Map.of(partition, OffsetSpec.latest()), new ListOffsetsOptions(level))
                .partitionResult(partition)
                .get()
                .offset();
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime() - deadline).as("time left").isNegative();
            Thread.sleep(20);
        }
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
            producer.send(new ProducerRecord<>(topic, partition, null, value.getBytes(StandardCharsets.UTF_8)));
        }
        producer.flush();
        return producer;
    }
}
