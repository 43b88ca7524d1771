package org.knockon.schemas.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.knockon.schemas.wire.GeneratedClasses;

/** Converts JSON to generated Avro records. Covers the types that our schemas use; a test reads each of them. */
final class JsonToAvro {

    private static final SpecificData DATA = new SpecificData();

    static {
        GeneratedClasses.trust();
    }

    private JsonToAvro() {}

    /** @throws JsonRecordException naming the field */
    static SpecificRecord record(Schema schema, JsonNode json) {
        return record(schema, json, "");
    }

    static String kind(JsonNode json) {
        return switch (json.getNodeType()) {
            case STRING -> "a text";
            case NUMBER -> json.isIntegralNumber() ? "a whole number" : "a number with a fraction";
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            default -> json.getNodeType().name().toLowerCase(Locale.ROOT);
        };
    }

    private static SpecificRecord record(Schema schema, JsonNode json, String path) {
        if (!json.isObject()) {
            throw wrong(path, "must be an object", json);
        }
        json.fieldNames().forEachRemaining(name -> {
            if (schema.getField(name) == null) {
                throw new JsonRecordException(at(path, JsonRecordException.quoted(name))
                        + " is not known; the fields are "
                        + schema.getFields().stream().map(Schema.Field::name).toList());
            }
        });
        SpecificRecord record = (SpecificRecord) DATA.newRecord(null, schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), field(field.schema(), json.get(field.name()), at(path, field.name())));
        }
        return record;
    }

    private static Object field(Schema schema, JsonNode json, String path) {
        if (json != null) {
            return value(schema, json, path);
        }
        if (schema.isNullable()) {
            return null;
        }
        if (schema.getType() == Schema.Type.ARRAY) {
            return List.of();
        }
        throw new JsonRecordException(path + " is missing");
    }

    private static Object value(Schema schema, JsonNode json, String path) {
        return switch (schema.getType()) {
            case RECORD -> record(schema, json, path);
            case ARRAY -> array(schema.getElementType(), json, path);
            case UNION -> json.isNull() && schema.isNullable() ? null : value(branch(schema), json, path);
            case ENUM -> symbol(schema, json, path);
            case STRING -> text(json, path, "must be a text");
            case BOOLEAN -> {
                check(json.isBoolean(), json, path, "must be true or false");
                yield json.booleanValue();
            }
            case INT -> {
                check(json.isIntegralNumber() && json.canConvertToInt(), json, path, "must be a whole number");
                yield json.intValue();
            }
            case LONG ->
                schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
                        ? TimeText.read(path, json)
                        : number(json, path);
            case DOUBLE -> {
                check(json.isNumber(), json, path, "must be a number");
                yield json.doubleValue();
            }
            default -> throw new IllegalStateException("our schemas do not use the type " + schema.getType());
        };
    }

    private static List<Object> array(Schema elements, JsonNode json, String path) {
        check(json.isArray(), json, path, "must be a list");
        List<Object> values = new ArrayList<>(json.size());
        for (int i = 0; i < json.size(); i++) {
            values.add(value(elements, json.get(i), path + "[" + i + "]"));
        }
        return values;
    }

    private static Object symbol(Schema schema, JsonNode json, String path) {
        String must = "must be one of " + schema.getEnumSymbols();
        String symbol = text(json, path, must);
        if (!schema.hasEnumSymbol(symbol)) {
            String upper = symbol.toUpperCase(Locale.ROOT);
            throw new JsonRecordException(path + " " + must + ", but it is " + JsonRecordException.quoted(symbol)
                    + (schema.hasEnumSymbol(upper) ? "; write " + upper : ""));
        }
        return DATA.createEnum(symbol, schema);
    }

    private static long number(JsonNode json, String path) {
        check(json.isIntegralNumber() && json.canConvertToLong(), json, path, "must be a whole number");
        return json.longValue();
    }

    private static String text(JsonNode json, String path, String must) {
        check(json.isTextual(), json, path, must);
        return json.textValue();
    }

    private static Schema branch(Schema union) {
        return union.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow();
    }

    private static void check(boolean right, JsonNode json, String path, String must) {
        if (!right) {
            throw wrong(path, must, json);
        }
    }

    private static JsonRecordException wrong(String path, String must, JsonNode json) {
        return new JsonRecordException(
                (path.isEmpty() ? "the value" : path) + " " + must + ", but it is " + kind(json));
    }

    private static String at(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
