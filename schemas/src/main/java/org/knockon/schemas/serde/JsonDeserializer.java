package org.knockon.schemas.serde;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.knockon.schemas.json.AvroToJson;

/** Converts the wire format to JSON, for any schema. */
final class JsonDeserializer implements Deserializer<JsonNode> {

    private final Deserializer<Object> generic;

    JsonDeserializer(Deserializer<Object> generic) {
        this.generic = generic;
    }

    @Override
    @SuppressWarnings("UnusedException") // its message may quote the value
    public JsonNode deserialize(String topic, byte[] bytes) {
        Object value = RegistryBoundary.call("record on topic " + topic, () -> generic.deserialize(topic, bytes));
        try {
            return value == null ? null : AvroToJson.any(value);
        } catch (RuntimeException e) {
            throw new SerializationException("record on topic " + topic + " cannot be shown as JSON");
        }
    }

    @Override
    public void close() {
        generic.close();
    }
}
