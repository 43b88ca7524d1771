package org.knockon.feeds.catalogue.topics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.knockon.feeds.catalogue.CatalogueChange;
import org.knockon.feeds.catalogue.CatalogueRecords;
import org.knockon.feeds.catalogue.EntryType;
import org.knockon.feeds.catalogue.PublishedCatalogue;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.limits.InputLimits;
import org.knockon.schemas.reading.CommittedReader;
import org.knockon.schemas.registry.RegistryUnavailableException;
import org.knockon.schemas.serde.KnockonSerdes;

/** Reads and writes the topics of the catalogue. */
public final class CatalogueTopics implements AutoCloseable {

    private final Map<String, Object> client;
    private final String prefix;
    private final KnockonSerdes serdes;

    /**
     * @param client settings of Kafka clients and the registry
     * @param prefix of every topic
     */
    public CatalogueTopics(Map<String, Object> client, String prefix) {
        this.client = Map.copyOf(client);
        this.prefix = prefix;
        this.serdes = new KnockonSerdes(client);
    }

    /**
     * The newest record of each key at the time of the call.
     *
     * @throws KafkaException if the broker or the registry does not answer
     */
    public PublishedCatalogue read() {
        String systems = Topics.SYSTEMS.name(prefix);
        Map<String, byte[]> ofSystems = new HashMap<>();
        Map<String, byte[]> ofServices = new HashMap<>();
        try (CommittedReader reader =
                new CommittedReader(client, List.of(systems, Topics.CARE_SERVICES.name(prefix)))) {
            reader.readToEnd(record -> {
                if (record.key() != null) {
                    Map<String, byte[]> newest = record.topic().equals(systems) ? ofSystems : ofServices;
                    String key = new String(record.key(), UTF_8);
                    if (record.value() == null) {
                        newest.remove(key);
                    } else {
                        newest.put(key, record.value());
                    }
                }
            });
        }
        Set<String> unreadableSystems = new HashSet<>();
        Set<String> unreadableServices = new HashSet<>();
        return new PublishedCatalogue(
                new CatalogueRecords(
                        values(Topics.SYSTEMS, ofSystems, unreadableSystems),
                        values(Topics.CARE_SERVICES, ofServices, unreadableServices)),
                unreadableSystems,
                unreadableServices);
    }

    private <V> SortedMap<String, V> values(Topic<V> topic, Map<String, byte[]> newest, Set<String> unreadable) {
        SortedMap<String, V> values = new TreeMap<>();
        newest.forEach((key, bytes) -> {
            try {
                V value = serdes.value(topic).deserializer().deserialize(topic.name(prefix), bytes);
                values.put(key, topic.keyed(key, value));
            } catch (SerializationException e) {
                if (RegistryUnavailableException.isBehind(e)) {
                    throw e;
                }
                unreadable.add(key);
            }
        });
        return values;
    }

    /**
     * Writes these changes and returns when the broker has all of them. If it fails, some may be written; what is left is
     * a difference again.
     *
     * @param changes those of {@link org.knockon.feeds.catalogue.CatalogueDiff#written}
     * @param wanted the catalogue that they lead to
     * @throws IllegalStateException if a record is too large; then nothing is written
     * @throws KafkaException if the broker or the registry does not answer, or refuses a record
     */
    public void publish(List<CatalogueChange> changes, CatalogueRecords wanted) {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (CatalogueChange change : changes) {
            boolean isSystem = change.type() == EntryType.SYSTEM;
            records.add(
                    isSystem
                            ? record(Topics.SYSTEMS, change, wanted.systems().get(change.id()))
                            : record(
                                    Topics.CARE_SERVICES,
                                    change,
                                    wanted.services().get(change.id())));
        }
        if (records.isEmpty()) {
            return;
        }
        try (Producer<String, byte[]> producer =
                new KafkaProducer<>(producerConfig(), new StringSerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent =
                    records.stream().map(producer::send).toList();
            producer.flush();
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException refused ? refused : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** The record has no time of its own: the time of sending is that of the change. */
    private <V> ProducerRecord<String, byte[]> record(Topic<V> topic, CatalogueChange change, V value) {
        String name = topic.name(prefix);
        if (change.kind() == CatalogueChange.Kind.GONE) {
            return new ProducerRecord<>(name, change.id(), null);
        }
        byte[] bytes = serdes.value(topic).serializer().serialize(name, value);
        InputLimits.sizeRefusal(bytes).ifPresent(refusal -> {
            throw new IllegalStateException(change.type() + " '" + change.id() + "': " + refusal);
        });
        return new ProducerRecord<>(name, change.id(), bytes);
    }

    private Map<String, Object> producerConfig() {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        config.putAll(client);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        return config;
    }

    @Override
    public void close() {
        serdes.close();
    }
}
