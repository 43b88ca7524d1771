package org.knockon.schemas.serde;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.knockon.schemas.Topic;
import org.knockon.schemas.json.JsonRecords;
import org.knockon.schemas.limits.InputLimits;
import org.knockon.schemas.mapping.Mappings;
import org.knockon.schemas.mapping.RecordMapping;
import org.knockon.schemas.registry.Registry;
import org.knockon.schemas.wire.AvroDeserializer;
import org.knockon.schemas.wire.GeneratedClasses;

/**
 * Serdes of all topics: plain records for the caller, Avro in the Confluent wire format on the topics. The build
 * chooses the classes for that format by name, in {@code serde.properties}: ours by default, Confluent's in profile
 * {@code confluent}.
 *
 * <p>The serdes are thread-safe. Closing one of them does nothing; close this object when none is in use any more.
 * Every failure is an {@link org.apache.kafka.common.errors.SerializationException} that never contains the body of the
 * record.
 */
public final class KnockonSerdes implements AutoCloseable {

    private static final String SPECIFIC = "specific.avro.reader";

    private final WireClasses classes;
    private final Serializer<Object> serializer;
    private final Deserializer<Object> deserializer;
    private final Map<String, Object> config;

    /**
     * @param clientConfig settings of a Kafka client, and those of the registry under Confluent's names, such as
     *     {@code schema.registry.url}
     * @throws ConfigException when a setting is missing or invalid
     */
    public KnockonSerdes(Map<String, ?> clientConfig) {
        this(clientConfig, WireClasses.ofThisBuild());
    }

    KnockonSerdes(Map<String, ?> clientConfig, WireClasses classes) {
        GeneratedClasses.trust();
        this.classes = classes;
        serializer = classes.newSerializer();
        deserializer = classes.newDeserializer();
        if (deserializer instanceof AvroDeserializer) {
            ((AvroDeserializer) (Deserializer<?>) deserializer).readPlain(Mappings.plainReaders());
        }
        config = new HashMap<>(clientConfig);
        config.put(SPECIFIC, "true");
        // Readers in other languages have no use for Java's string hints.
        config.putIfAbsent("avro.remove.java.properties", "true");
        serializer.configure(config, false);
        deserializer.configure(config, false);
    }

    /** Serde of record keys, on every topic except the dead letters. */
    public Serde<String> key() {
        return Serdes.String();
    }

    /**
     * Serde of the topic's values. Null, a tombstone, stays null. Values of input topics that are larger than
     * {@link InputLimits#LARGEST_VALUE} are refused before decoding.
     */
    @SuppressWarnings("unchecked") // V is byte[] for a topic without a schema
    public <V> Serde<V> value(Topic<V> topic) {
        if (topic.schemaless()) {
            return (Serde<V>) Serdes.ByteArray();
        }
        return mapped(topic, Mappings.of(topic));
    }

    /**
     * Returns a deserializer of an input topic's values that takes the schemas from this registry. It is always ours,
     * because Confluent's class opens a registry itself.
     */
    public static <V> Deserializer<V> reading(Topic<V> topic, Registry registry) {
        return new MappedDeserializer<>(
                new AvroDeserializer(registry, Mappings.plainReaders()), Mappings.of(topic), topic.valueType(), true);
    }

    /**
     * Returns a new deserializer that reads any value in the wire format, for any schema, in the form that {@link
     * JsonRecords} writes. The caller closes it.
     */
    public Deserializer<JsonNode> anyAsJson() {
        Deserializer<Object> generic = classes.newDeserializer();
        Map<String, Object> genericConfig = new HashMap<>(config);
        genericConfig.put(SPECIFIC, "false");
        generic.configure(genericConfig, false);
        return new JsonDeserializer(generic);
    }

    @Override
    public void close() {
        Utils.closeQuietly(serializer, "serializer");
        Utils.closeQuietly(deserializer, "deserializer");
    }

    private <V, A extends SpecificRecord> Serde<V> mapped(Topic<V> topic, RecordMapping<V, A> mapping) {
        return Serdes.serdeFrom(
                new MappedSerializer<>(serializer, mapping),
                new MappedDeserializer<>(
                        deserializer,
                        mapping,
                        topic.valueType(),
                        InputLimits.of(topic).isPresent()));
    }
}
