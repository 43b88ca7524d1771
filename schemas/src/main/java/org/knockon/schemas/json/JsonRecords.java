package org.knockon.schemas.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import java.io.IOException;
import org.apache.avro.specific.SpecificRecord;
import org.knockon.schemas.Topic;
import org.knockon.schemas.mapping.Mappings;
import org.knockon.schemas.mapping.RecordMapping;

/**
 * Values of topics as JSON: fields in the order of the topic's schema, times as ISO-8601 in UTC, enums by name, nulls
 * written out. Values of topics without a schema are Base64 text.
 *
 * <p>Reading is lenient only where it is unambiguous: nullable fields and lists may be left out, and a time may have
 * another offset than UTC. Anything else that is missing, unknown or of the wrong type is an error that names the
 * field.
 */
public final class JsonRecords {

    private JsonRecords() {}

    /** @throws JsonRecordException naming the field, when the schema cannot represent its value */
    public static <V> JsonNode toJson(Topic<V> topic, V value) {
        if (topic.schemaless()) {
            return BinaryNode.valueOf((byte[]) value);
        }
        return mapped(Mappings.of(topic), value);
    }

    /**
     * @throws JsonRecordException naming the field, such as {@code requires[1].capability}, and what is wrong
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
            throw new JsonRecordException("the value is not valid Base64", e);
        }
        throw new JsonRecordException("the value must be Base64 text, but it is " + JsonToAvro.kind(json));
    }
}
