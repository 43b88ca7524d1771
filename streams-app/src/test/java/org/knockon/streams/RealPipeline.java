package org.knockon.streams;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.oracle.Comparison;
import org.knockon.oracle.Verdict;
import org.knockon.oracle.worlds.WorldEvent;
import org.knockon.sandbox.Sandbox;
import org.knockon.schemas.AssessedImpact;
import org.knockon.schemas.CellCounts;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.admin.SchemaAdmin;
import org.knockon.schemas.admin.TopicAdmin;
import org.knockon.schemas.admin.TopicOptions;
import org.knockon.schemas.reading.CommittedReader;
import org.knockon.schemas.reading.OpenTransactions;
import org.knockon.schemas.registry.Registry;
import org.knockon.schemas.registry.RegistryClient;
import org.knockon.schemas.serde.KnockonSerdes;
import org.knockon.streams.app.StreamsAppSettings;

/** The topics of one pipeline on a real broker: sends events and reads the public topics. */
final class RealPipeline implements AutoCloseable {

    /** Larger than the broker accepts uncompressed: it limits the compressed size. */
    private static final int LARGEST_UNCOMPRESSED = 16 * 1024 * 1024;

    private final String prefix = "test." + UUID.randomUUID().toString().substring(0, 8) + ".";
    private final Map<String, Object> client;
    private final KnockonSerdes serdes;
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaProducer<byte[], byte[]> rawProducer;
    private final Registry registry;
    private final Path stateDir;
    private final AtomicReference<Exception> notSent = new AtomicReference<>();

    RealPipeline(Sandbox sandbox, Path stateDir, int partitions) {
        this(sandbox, stateDir, partitions, Map.of());
    }

    /** @param clientSettings of the app's clients, in addition to the addresses of broker and registry */
    RealPipeline(Sandbox sandbox, Path stateDir, int partitions, Map<String, Object> clientSettings) {
        this.stateDir = stateDir;
        client = new HashMap<>(clientSettings);
        client.put("bootstrap.servers", sandbox.bootstrapServers());
        client.put("schema.registry.url", sandbox.schemaRegistryUrl());
        serdes = new KnockonSerdes(client);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", sandbox.bootstrapServers(), "linger.ms", 5),
                new StringSerializer(),
                new ByteArraySerializer());
        rawProducer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        sandbox.bootstrapServers(),
                        "compression.type",
                        "gzip",
                        "max.request.size",
                        LARGEST_UNCOMPRESSED),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        registry = RegistryClient.open(client);
        try (Admin admin = Admin.create(new HashMap<>(client))) {
            TopicAdmin.create(admin, prefix, new TopicOptions(partitions, (short) 1, true));
        }
    }

    StreamsAppSettings settings(Map<String, String> more) {
        return StreamsAppSettings.parse(settingsAsText(more), client);
    }

    Map<String, String> settingsAsText(Map<String, String> more) {
        Map<String, String> ours = new LinkedHashMap<>();
        ours.put("prefix", prefix);
        ours.put("clock", "replay");
        ours.put("replay.from", "2020-01-01T00:00:00Z");
        ours.put("replay.until", "2025-01-01T00:00:00Z");
        ours.put("state.dir", stateDir.toString());
        ours.put("http.port", "-1");
        ours.put("catalogue.grace.ms", "2000");
        ours.putAll(more);
        return ours;
    }

    /** Of every topic. */
    String prefix() {
        return prefix;
    }

    Map<String, Object> client() {
        return client;
    }

    Future<RecordMetadata> send(WorldEvent event) {
        if (event instanceof WorldEvent.SystemChanged changed) {
            return send(Topics.SYSTEMS, event, changed.system());
        } else if (event instanceof WorldEvent.ServiceChanged changed) {
            return send(Topics.CARE_SERVICES, event, changed.service());
        } else if (event instanceof WorldEvent.ServiceRemoved) {
            return send(Topics.CARE_SERVICES, event, null);
        } else if (event instanceof WorldEvent.Observed observed) {
            return send(Topics.SYSTEM_HEALTH, event, observed.observation());
        } else if (event instanceof WorldEvent.Booked booked) {
            return send(Topics.APPOINTMENTS, event, booked.version());
        }
        throw new IllegalArgumentException("unknown event " + event);
    }

    private <V> Future<RecordMetadata> send(Topic<V> topic, WorldEvent event, V value) {
        return sendRaw(topic, event.key(), encode(topic, value), event.at());
    }

    <V> byte[] encode(Topic<V> topic, V value) {
        return serdes.value(topic).serializer().serialize(topic.name(prefix), value);
    }

    Future<RecordMetadata> sendRaw(Topic<?> topic, String key, byte[] value, long timestamp) {
        return producer.send(new ProducerRecord<>(topic.name(prefix), null, timestamp, key, value), (sent, failure) -> {
            if (failure != null) {
                notSent.compareAndSet(null, failure);
            }
        });
    }

    /** Sends any key, value and timestamp; Kafka's own record type rejects negative timestamps. */
    RecordMetadata sendBytes(Topic<?> topic, byte[] key, byte[] value, long timestamp) {
        return sendBytes(topic, key, value, timestamp, List.of());
    }

    RecordMetadata sendBytes(Topic<?> topic, byte[] key, byte[] value, long timestamp, List<Header> headers) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic.name(prefix), null, key, value, headers) {
            @Override
            public Long timestamp() {
                return timestamp;
            }
        };
        try {
            return rawProducer.send(record).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    WireRecords wireRecords() {
        return new WireRecords(registry, prefix);
    }

    /** Registers a compatible schema for a topic's values and returns its id. */
    int register(Topic<?> topic, Schema schema) {
        SchemaAdmin.register(client, prefix);
        return registry.register(topic.name(prefix) + "-value", schema);
    }

    /** Sends an observation in a transaction that is aborted. */
    void abort(Topic<Observation> topic, WorldEvent.Observed event) {
        Map<String, Object> transactional = Map.of(
                "bootstrap.servers",
                String.valueOf(client.get("bootstrap.servers")),
                "transactional.id",
                prefix + "aborted");
        try (KafkaProducer<String, byte[]> doomed =
                new KafkaProducer<>(transactional, new StringSerializer(), new ByteArraySerializer())) {
            doomed.initTransactions();
            doomed.beginTransaction();
            doomed.send(new ProducerRecord<>(
                    topic.name(prefix), null, event.at(), event.key(), encode(topic, event.observation())));
            doomed.flush();
            doomed.abortTransaction();
        }
    }

    /** Waits until the broker has acknowledged all records. */
    void flush() {
        producer.flush();
        Exception failure = notSent.get();
        if (failure != null) {
            throw new IllegalStateException("a record was not sent", failure);
        }
    }

    /** Differences between the oracle's result and the topics. */
    Comparison compareWith(Verdict verdict) {
        Map<String, PublishedOutage> outages = newest(Topics.OUTAGES, outage -> outage);
        Map<String, Impact> impacts = newest(Topics.CARE_IMPACTS, AssessedImpact::impact);
        Map<String, ImpactCounts> counts = newest(Topics.IMPACT_COUNTS, CellCounts::counts);
        return Comparison.of(verdict, outages, impacts, counts);
    }

    <V, T> Map<String, T> newest(Topic<V> topic, Function<V, T> part) {
        Map<String, T> found = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : read(topic)) {
            String key = new StringDeserializer().deserialize(topic.name(prefix), record.key());
            V value = serdes.value(topic).deserializer().deserialize(topic.name(prefix), record.value());
            if (value == null) {
                found.remove(key);
            } else {
                found.put(key, part.apply(value));
            }
        }
        return found;
    }

    /** All committed records of a topic, in order within a partition. */
    List<ConsumerRecord<byte[], byte[]>> read(Topic<?> topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        Map<String, Object> broker = Map.of("bootstrap.servers", client.get("bootstrap.servers"));
        OpenTransactions.awaitEnd(broker, topic.name(prefix));
        try (CommittedReader reader = new CommittedReader(broker, List.of(topic.name(prefix)))) {
            reader.readToEnd(records::add);
        }
        return records;
    }

    static void await(Future<?> future) {
        try {
            future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        producer.close();
        rawProducer.close();
        registry.close();
        serdes.close();
    }
}
