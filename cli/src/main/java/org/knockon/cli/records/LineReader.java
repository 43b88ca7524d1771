package org.knockon.cli.records;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.Serializer;
import org.knockon.cli.connect.TopicNames;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Observation;
import org.knockon.producers.yaml.Item;
import org.knockon.schemas.JsonRecordException;
import org.knockon.schemas.JsonRecords;
import org.knockon.schemas.KnockonSerdes;
import org.knockon.schemas.Topic;

/**
 * Reads lines that {@code knockon consume} could have written. {@code value} must be there, if only as null: a tombstone.
 * {@code timestamp} may be left out: it is the event's own time then, or the present where the event has none.
 */
final class LineReader<V> {

    private static final Set<String> MEMBERS =
            Set.of("key", "value", "timestamp", "headers", "topic", "partition", "offset");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Topic<V> topic;
    private final String name;
    private final Serializer<V> serializer;

    private LineReader(Topic<V> topic, String name, KnockonSerdes serdes) {
        this.topic = topic;
        this.name = name;
        this.serializer = serdes.value(topic).serializer();
    }

    static LineReader<?> of(TopicNames.Named named, KnockonSerdes serdes) {
        return of(named.topic(), named.name(), serdes);
    }

    private static <V> LineReader<V> of(Topic<V> topic, String name, KnockonSerdes serdes) {
        return new LineReader<>(topic, name, serdes);
    }

    /**
     * @param now stamped on records that have no time of their own, epoch milliseconds
     * @throws BadRecordException when the line is no record of the topic
     */
    ProducerRecord<byte[], byte[]> read(String line, long now) throws BadRecordException {
        JsonNode json = parse(line);
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String member = names.next();
            if (!MEMBERS.contains(member)) {
                throw new BadRecordException("'" + member + "' is not known; " + Item.suggest(member, MEMBERS));
            }
        }
        if (!json.has("value")) {
            throw new BadRecordException("value is missing; write null for a tombstone");
        }
        try {
            V value = json.get("value").isNull() ? null : JsonRecords.fromJson(topic, json.get("value"));
            byte[] key = key(json.get("key"), value);
            byte[] bytes = serializer.serialize(name, value);
            return new ProducerRecord<>(
                    name, null, timestamp(json.get("timestamp"), value, now), key, bytes, headers(json.get("headers")));
        } catch (JsonRecordException e) {
            throw new BadRecordException("value: " + e.getMessage(), e);
        } catch (SerializationException e) {
            throw new BadRecordException(e.getMessage(), e);
        }
    }

    private static JsonNode parse(String line) throws BadRecordException {
        try {
            JsonNode json = JSON.readTree(line);
            if (json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            throw new BadRecordException(
                    "no JSON: " + e.getOriginalMessage().lines().findFirst().orElse("") + " at column "
                            + e.getLocation().getColumnNr(),
                    e);
        }
        throw new BadRecordException("a record is an object, such as {\"key\":..,\"value\":..}");
    }

    private byte[] key(JsonNode json, V value) throws BadRecordException {
        String id = id(value);
        if (json == null || json.isNull()) {
            if (id == null) {
                throw new BadRecordException("key is missing: " + topic.key());
            }
            return id.getBytes(UTF_8);
        }
        if (!json.isTextual()) {
            throw new BadRecordException("key must be a text: " + topic.key());
        }
        if (topic.schemaless()) {
            return base64("key", json.textValue());
        }
        if (id != null && !id.equals(json.textValue())) {
            throw new BadRecordException(
                    "key is '" + json.textValue() + "', but the value's " + topic.key() + " is '" + id + "'");
        }
        return json.textValue().getBytes(UTF_8);
    }

    /** The id that a value carries itself; null where it does not. */
    private static String id(Object value) {
        if (value instanceof AppointmentVersion version) {
            return version.appointmentId();
        }
        return value instanceof Observation observation ? observation.systemId() : null;
    }

    private static long timestamp(JsonNode json, Object value, long now) throws BadRecordException {
        if (json == null || json.isNull()) {
            if (value instanceof AppointmentVersion version) {
                return version.updatedAt();
            }
            return value instanceof Observation observation ? observation.observedAt() : now;
        }
        try {
            long timestamp = OffsetDateTime.parse(json.asText()).toInstant().toEpochMilli();
            if (timestamp >= 0) {
                return timestamp;
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw new BadRecordException("timestamp must be a time such as 2022-07-19T13:00:00Z", e);
        }
        throw new BadRecordException("timestamp must not be before 1970");
    }

    /** Texts by name, or a list of texts where a name occurs several times. */
    private static List<Header> headers(JsonNode json) throws BadRecordException {
        List<Header> headers = new ArrayList<>();
        if (json == null || json.isNull()) {
            return headers;
        }
        if (!json.isObject()) {
            throw new BadRecordException("headers must be an object of texts");
        }
        for (Map.Entry<String, JsonNode> header : json.properties()) {
            Iterable<JsonNode> values = header.getValue().isArray() ? header.getValue() : List.of(header.getValue());
            for (JsonNode value : values) {
                if (!value.isTextual() && !value.isNull()) {
                    throw new BadRecordException("header " + header.getKey() + " must be a text");
                }
                headers.add(new RecordHeader(
                        header.getKey(),
                        value.isNull() ? null : value.textValue().getBytes(UTF_8)));
            }
        }
        return headers;
    }

    private static byte[] base64(String what, String text) throws BadRecordException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new BadRecordException(what + " must be Base64", e);
        }
    }
}
