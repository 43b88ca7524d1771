package org.knockon.streams.failure;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.knockon.schemas.limits.InputLimits;

/**
 * Keys of input records: valid UTF-8, and no longer than an id may be. Kafka's own deserializer replaces invalid
 * UTF-8, which can give two different keys the same text.
 */
public final class RecordKeys implements Deserializer<String> {

    /** @throws SerializationException if the bytes are not a valid key; the message does not quote them */
    @Override
    @SuppressWarnings("UnusedException") // adds no information
    public String deserialize(String topic, byte[] key) {
        if (key == null) {
            return null;
        }
        if (key.length > InputLimits.LONGEST_ID) {
            throw new SerializationException("the key of a record on topic " + topic + " has " + key.length
                    + " bytes: at most " + InputLimits.LONGEST_ID + " are accepted");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(key))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SerializationException("the key of a record on topic " + topic + " is not valid UTF-8");
        }
    }
}
