package org.knockon.schemas.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import java.io.IOException;
import org.apache.avro.specific.SpecificRecord;
import org.knockon.schemas.Topic;
import org.knockon.schemas.mapping.Mappings;
import org.knockon.schemas.mapping.RecordMapping;

/**
 * Values of topics as JSON: fields as in the topic's schema and in its order, times as ISO-8601 UTC texts, enums as
 * names, nulls written out. Values of topics without a schema are Base64 texts.
 *
 * <p>Read leniently only where nothing can be misunderstood: a nullable field or a list may be left out, and a time may
 * carry another offset than UTC. Anything else that is missing, unknown or of another type is an error that names the
 * field.
 */
public final class JsonRecords {

    private JsonRecords() {}

    /** @throws JsonRecordException when the schema cannot hold the value, naming the field */
    public static <V> JsonNode toJson(Topic<V> topic, V value) {
        if (topic.schemaless()) {
            return BinaryNode.valueOf((byte[]) value);
        }
        return mapped(Mappings.of(topic), value);
    }

    /**
     * @throws JsonRecordException naming the field, such as {@code requires[1].capability}, and what is wrong with it
     */
    public static <V> V fromJson(Topic<V> topic, JsonNode json) {
        if (topic.schemaless()) {
            return topic.valueType().cast(bytes(json));
        }
        return mapped(Mappings.of(topic), json);
    }

    private static <V, A extends SpecificRecord> JsonNode mapped(RecordMapping<V, A> mapping, V value) {
        try {
            return AvroToJson.node(mapping.schema(), mapping.toAvro(value));
        } catch (IllegalArgumentException e) {
            throw new JsonRecordException(e.getMessage(), e);
        }
    }

    private static <V, A extends SpecificRecord> V mapped(RecordMapping<V, A> mapping, JsonNode json) {
        Object record = JsonToAvro.record(mapping.schema(), json);
        try {
            return mapping.fromAvro(mapping.avroType().cast(record));
        } catch (IllegalArgumentException e) {
            throw new JsonRecordException(e.getMessage(), e);
        }
    }

    private static byte[] bytes(JsonNode json) {
        try {
            if (json.isTextual() || json.isBinary()) {
                return json.binaryValue();
            }
        } catch (IOException e) {
            throw new JsonRecordException("the value is no Base64 text", e);
        }
        throw new JsonRecordException("the value must be a Base64 text, but it is " + JsonToAvro.kind(json));
    }
}
