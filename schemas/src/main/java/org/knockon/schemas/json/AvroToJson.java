package org.knockon.schemas.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;

/** Converts any Avro value, generated or generic, to JSON. Bytes become Base64 text. */
public final class AvroToJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private AvroToJson() {}

    /** @throws AvroRuntimeException when the value has no schema and none can be inferred */
    public static JsonNode any(Object value) {
        Schema schema = value instanceof GenericContainer container
                ? container.getSchema()
                : GenericData.get().induce(value);
        return node(schema, value);
    }

    static JsonNode node(Schema schema, Object value) {
        return switch (schema.getType()) {
            case RECORD -> record((IndexedRecord) value);
            case ARRAY -> array(schema.getElementType(), (Collection<?>) value);
            case MAP -> map(schema.getValueType(), (Map<?, ?>) value);
            case UNION -> node(schema.getTypes().get(GenericData.get().resolveUnion(schema, raw(value))), value);
            case NULL -> JSON.nullNode();
            case BOOLEAN -> JSON.booleanNode((Boolean) value);
            case INT -> JSON.numberNode((Integer) value);
            case LONG -> time(schema, value);
            case FLOAT -> JSON.numberNode((Float) value);
            case DOUBLE -> JSON.numberNode((Double) value);
            case STRING, ENUM -> JSON.textNode(value.toString());
            case BYTES -> JSON.binaryNode(bytes((ByteBuffer) value));
            case FIXED -> JSON.binaryNode(((GenericFixed) value).bytes());
        };
    }

    private static ObjectNode record(IndexedRecord record) {
        ObjectNode object = JSON.objectNode();
        for (Schema.Field field : record.getSchema().getFields()) {
            object.set(field.name(), node(field.schema(), record.get(field.pos())));
        }
        return object;
    }

    private static ArrayNode array(Schema elements, Collection<?> values) {
        ArrayNode array = JSON.arrayNode(values.size());
        values.forEach(value -> array.add(node(elements, value)));
        return array;
    }

    private static ObjectNode map(Schema values, Map<?, ?> map) {
        ObjectNode object = JSON.objectNode();
        map.forEach((key, value) -> object.set(key.toString(), node(values, value)));
        return object;
    }

    private static JsonNode time(Schema schema, Object value) {
        if (value instanceof Instant instant) {
            return JSON.textNode(instant.toString());
        }
        LogicalType type = schema.getLogicalType();
        long number = (Long) value;
        if (type instanceof LogicalTypes.TimestampMillis) {
            return JSON.textNode(Instant.ofEpochMilli(number).toString());
        }
        if (type instanceof LogicalTypes.TimestampMicros) {
            return JSON.textNode(Instant.EPOCH.plus(number, ChronoUnit.MICROS).toString());
        }
        return JSON.numberNode(number);
    }

    /** Resolving a union needs the type on the wire: a long, not an Instant. */
    private static Object raw(Object value) {
        return value instanceof Instant instant ? (Object) instant.toEpochMilli() : value;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
