package org.knockon.cli.records;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.knockon.schemas.Topic;
import org.knockon.schemas.json.JsonRecordException;
import org.knockon.schemas.json.JsonRecords;
import org.knockon.schemas.json.TimeText;
import org.knockon.schemas.limits.EventTimes;
import org.knockon.schemas.limits.InputLimits;
import org.knockon.schemas.registry.RegistryException;
import org.knockon.schemas.serde.KnockonSerdes;

/**
 * Reads lines in the format that {@code knockon consume} writes. {@code value} is required; null means a tombstone. {@code timestamp} is
 * optional: it defaults to the event's own time, or to the current time if the event has none.
 */
final class LineReader<V> {

    private static final Set<String> MEMBERS =
            Set.of("key", "value", "timestamp", "headers", "topic", "partition", "offset");

    private final Topic<V> topic;
    private final String name;
    private final Serializer<V> serializer;
    private final Optional<InputLimits<V>> limits;

    private LineReader(Topic<V> topic, String name, KnockonSerdes serdes) {
        this.topic = topic;
        this.name = name;
        this.serializer = serdes.value(topic).serializer();
        this.limits = InputLimits.of(topic);
    }

    static LineReader<?> of(TopicNames.Named named, KnockonSerdes serdes) {
        return of(named.topic(), named.name(), serdes);
    }

    private static <V> LineReader<V> of(Topic<V> topic, String name, KnockonSerdes serdes) {
        return new LineReader<>(topic, name, serdes);
    }

    /**
     * @param now timestamp for records without their own time, epoch milliseconds
     * @param latest latest accepted recording time, epoch milliseconds; see {@link InputLimits#refusal}
     * @throws BadRecordException if the line is not a record of the topic, or one that the pipeline would reject
     * @throws RegistryException if the registry returns no schema id, so that no record can be encoded
     */
    ProducerRecord<byte[], byte[]> read(String line, long now, long latest) throws BadRecordException {
        JsonNode json = JsonLine.parse(line);
        requireMembers(json);
        try {
            V value = json.get("value").isNull() ? null : JsonRecords.fromJson(topic, json.get("value"));
            byte[] key = key(json.get("key"), value);
            long timestamp = timestamp(json.get("timestamp"), value, now);
            requireLimits(key, value, timestamp, latest);
            byte[] bytes = serializer.serialize(name, value);
            reject(limits.flatMap(all -> InputLimits.sizeRefusal(bytes)));
            return new ProducerRecord<>(name, null, timestamp, key, bytes, headers(json.get("headers")));
        } catch (JsonRecordException e) {
            throw new BadRecordException("value: " + e.getMessage(), e);
        } catch (RegistryException e) {
            throw e;
        } catch (SerializationException e) {
            throw new BadRecordException(e.getMessage(), e);
        }
    }

    private static void requireMembers(JsonNode json) throws BadRecordException {
        List<String> unknown = new ArrayList<>();
        json.fieldNames().forEachRemaining(member -> {
            if (!MEMBERS.contains(member)) {
                unknown.add(member);
            }
        });
        if (!unknown.isEmpty() && MEMBERS.stream().noneMatch(json::has)) {
            throw new BadRecordException(
                    "value is missing: put the fields of the record inside it, as in {\"value\":{\""
                            + quoted(unknown.get(0)) + "\":..}}");
        }
        if (!unknown.isEmpty()) {
            throw new BadRecordException(
                    "'" + quoted(unknown.get(0)) + "' is unknown; " + Item.suggest(unknown.get(0), MEMBERS));
        }
        if (!json.has("value")) {
            throw new BadRecordException("value is missing; write null for a tombstone");
        }
    }

    private void requireLimits(byte[] key, V value, long timestamp, long latest) throws BadRecordException {
        if (limits.isPresent()) {
            reject(limits.get().refusal(new String(key, UTF_8), value, latest));
            reject(Optional.ofNullable(
                    EventTimes.refusal("timestamp", timestamp, limits.get().latest(latest))));
        }
        if (timestamp < 0) {
            throw new BadRecordException("timestamp must not be before 1970");
        }
    }

    private static void reject(Optional<String> reason) throws BadRecordException {
        if (reason.isPresent()) {
            throw new BadRecordException(reason.get());
        }
    }

    private byte[] key(JsonNode json, V value) throws BadRecordException {
        String id = id(value);
        if (json == null || json.isNull()) {
            if (id == null) {
                throw new BadRecordException("key is missing: " + topic.key());
            }
            return utf8("key", id);
        }
        if (!json.isTextual()) {
            throw new BadRecordException("key must be a string: " + topic.key());
        }
        if (topic.schemaless()) {
            return base64("key", json.textValue());
        }
        if (id != null && !id.equals(json.textValue())) {
            throw new BadRecordException("key is '" + quoted(json.textValue()) + "', but the value's " + topic.key()
                    + " is '" + quoted(id) + "'");
        }
        return utf8("key", json.textValue());
    }

    /** Returns the id inside the value, or null if the value has none. */
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
            return TimeText.read("timestamp", json).toEpochMilli();
        } catch (JsonRecordException e) {
            throw new BadRecordException(e.getMessage(), e);
        }
    }

    /** Reads headers: strings by name, or a list of strings if a name occurs several times. */
    private static List<Header> headers(JsonNode json) throws BadRecordException {
        List<Header> headers = new ArrayList<>();
        if (json == null || json.isNull()) {
            return headers;
        }
        if (!json.isObject()) {
            throw new BadRecordException("headers must be an object with strings");
        }
        for (Map.Entry<String, JsonNode> header : json.properties()) {
            Iterable<JsonNode> values = header.getValue().isArray() ? header.getValue() : List.of(header.getValue());
            for (JsonNode value : values) {
                if (!value.isTextual() && !value.isNull()) {
                    throw new BadRecordException("header " + quoted(header.getKey()) + " must be a string");
                }
                headers.add(new RecordHeader(
                        header.getKey(),
                        value.isNull() ? null : utf8("header " + quoted(header.getKey()), value.textValue())));
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

    /** Encodes strictly: {@code String.getBytes} would replace an unpaired surrogate with a question mark. */
    private static byte[] utf8(String what, String text) throws BadRecordException {
        try {
            ByteBuffer bytes = UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return copy;
        } catch (CharacterCodingException e) {
            throw new BadRecordException(what + " contains an unpaired surrogate, which UTF-8 cannot encode", e);
        }
    }

    private static String quoted(String text) {
        return JsonRecordException.quoted(text);
    }
}
