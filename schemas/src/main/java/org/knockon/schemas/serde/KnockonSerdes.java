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
import org.knockon.schemas.wire.GeneratedClasses;

/**
 * Serdes of all topics: plain records outside, Avro in Confluent wire format on the wire. Which classes speak that
 * format is decided by name when the build filters {@code serde.properties}; ours by default, Confluent's in profile
 * {@code confluent}.
 *
 * <p>The serdes may be shared by any number of threads. Closing one does nothing; close this when nobody uses any of
 * them. Every failure is an {@link org.apache.kafka.common.errors.SerializationException} that never holds the record's
 * body.
 */
public final class KnockonSerdes implements AutoCloseable {

    private static final String SPECIFIC = "specific.avro.reader";

    private final WireClasses classes;
    private final Serializer<Object> serializer;
    private final Deserializer<Object> deserializer;
    private final Map<String, Object> config;

    /**
     * @param clientConfig settings of a Kafka client; those of the registry have Confluent's names, such as
     *     {@code schema.registry.url}
     * @throws ConfigException when a setting is missing or wrong
     */
    public KnockonSerdes(Map<String, ?> clientConfig) {
        this(clientConfig, WireClasses.ofThisBuild());
    }

    KnockonSerdes(Map<String, ?> clientConfig, WireClasses classes) {
        GeneratedClasses.trust();
        this.classes = classes;
        serializer = classes.newSerializer();
        deserializer = classes.newDeserializer();
        config = new HashMap<>(clientConfig);
        config.put(SPECIFIC, "true");
        // Java's own string hints are no business of readers in other languages.
        config.putIfAbsent("avro.remove.java.properties", "true");
        serializer.configure(config, false);
        deserializer.configure(config, false);
    }

    /** Of record keys on every topic but dead letters. */
    public Serde<String> key() {
        return Serdes.String();
    }

    /**
     * Null stays null: a tombstone. Values of input topics are not decoded when they are larger than {@link
     * InputLimits#LARGEST_VALUE}.
     */
    @SuppressWarnings("unchecked") // schemaless means that V is byte[]
    public <V> Serde<V> value(Topic<V> topic) {
        if (topic.schemaless()) {
            return (Serde<V>) Serdes.ByteArray();
        }
        return mapped(Mappings.of(topic), InputLimits.of(topic).isPresent());
    }

    /**
     * Reads values of any topic in wire format, whatever their schema, as {@link JsonRecords} would write them. A new
     * one each time, to be closed by itself.
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

    private <V, A extends SpecificRecord> Serde<V> mapped(RecordMapping<V, A> mapping, boolean input) {
        return Serdes.serdeFrom(
                new MappedSerializer<>(serializer, mapping), new MappedDeserializer<>(deserializer, mapping, input));
    }
}
