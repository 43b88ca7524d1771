package org.knockon.cli.records;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.Base64;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.knockon.cli.console.Json;
import org.knockon.schemas.Topic;
import org.knockon.schemas.registry.RegistryUnavailableException;
import org.knockon.schemas.serde.KnockonSerdes;

/** Writes a record as one line of JSON: key, value, timestamp, partition, offset, headers. */
final class LineWriter implements AutoCloseable {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final boolean schemaless;
    private final Deserializer<JsonNode> values;

    LineWriter(Topic<?> topic, KnockonSerdes serdes) {
        schemaless = topic.schemaless();
        values = serdes.anyAsJson();
    }

    /**
     * @throws BadRecordException if the value does not match the topic; other records may be valid
     * @throws RegistryUnavailableException if no registry responds, so that the value cannot be decoded
     */
    String line(ConsumerRecord<byte[], byte[]> record) throws BadRecordException {
        ObjectNode json = Json.object();
        json.set("key", schemaless ? base64(record.key()) : text(record.key()));
        json.set("value", value(record));
        json.put("timestamp", Instant.ofEpochMilli(record.timestamp()).toString());
        json.put("partition", record.partition());
        json.put("offset", record.offset());
        json.set("headers", headers(record.headers()));
        return Json.line(json);
    }

    private JsonNode value(ConsumerRecord<byte[], byte[]> record) throws BadRecordException {
        if (record.value() == null) {
            return NODES.nullNode();
        }
        if (schemaless) {
            return base64(record.value());
        }
        try {
            return values.deserialize(record.topic(), record.value());
        } catch (RegistryUnavailableException e) {
            throw e;
        } catch (SerializationException e) {
            throw new BadRecordException(e.getMessage(), e);
        }
    }

    private static ObjectNode headers(Headers headers) {
        ObjectNode json = Json.object();
        for (Header header : headers) {
            JsonNode value = text(header.value());
            JsonNode existing = json.get(header.key());
            if (existing == null) {
                json.set(header.key(), value);
            } else if (existing instanceof ArrayNode several) {
                several.add(value);
            } else {
                json.set(header.key(), NODES.arrayNode().add(existing).add(value));
            }
        }
        return json;
    }

    private static JsonNode base64(byte[] bytes) {
        return bytes == null
                ? NODES.nullNode()
                : TextNode.valueOf(Base64.getEncoder().encodeToString(bytes));
    }

    /** Decodes UTF-8; returns other bytes as Base64. */
    private static JsonNode text(byte[] bytes) {
        if (bytes == null) {
            return NODES.nullNode();
        }
        try {
            return TextNode.valueOf(
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return base64(bytes);
        }
    }

    @Override
    public void close() {
        values.close();
    }
}
