package org.knockon.streams.failure;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * An input record's value with the bytes it came as, for a dead letter must carry the original.
 *
 * @param value null for a tombstone
 */
public record Raw<V>(V value, byte[] bytes) {

    public static <V> Deserializer<Raw<V>> deserializer(Deserializer<V> inner) {
        return new Deserializer<>() {
            @Override
            public Raw<V> deserialize(String topic, byte[] bytes) {
                return new Raw<>(inner.deserialize(topic, bytes), bytes);
            }

            @Override
            public Raw<V> deserialize(String topic, Headers headers, byte[] bytes) {
                return new Raw<>(inner.deserialize(topic, headers, bytes), bytes);
            }

            @Override
            public void close() {
                inner.close();
            }
        };
    }
}
