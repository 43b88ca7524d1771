package org.knockon.streams.failure;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * An input record's value with its original bytes and timestamp: a dead letter carries the original bytes, and
 * validation uses the original timestamp. {@link #toString} shows sizes only, because Kafka Streams puts it into
 * exception messages.
 */
public final class RawRecord<V> {

    private static final long NO_TIMESTAMP = -1;

    private final V value;
    private final byte[] bytes;
    private long timestamp;

    /**
     * A record as received.
     *
     * @param value null for a tombstone
     * @param timestamp epoch milliseconds
     */
    public RawRecord(V value, byte[] bytes, long timestamp) {
        this.value = value;
        this.bytes = bytes;
        this.timestamp = timestamp;
    }

    /** Null for a tombstone. */
    public V value() {
        return value;
    }

    public byte[] bytes() {
        return bytes;
    }

    /** As received, in epoch milliseconds; may be negative or far in the future. */
    public long timestamp() {
        return timestamp;
    }

    /** Deserializers do not see timestamps, so {@link InputTimestamps} adds it right after deserialization. */
    void setTimestamp(long original) {
        timestamp = original;
    }

    @Override
    public String toString() {
        return "RawRecord[" + (bytes == null ? "no value" : bytes.length + " bytes") + "]";
    }

    public static <V> Deserializer<RawRecord<V>> deserializer(Deserializer<V> inner) {
        return new Deserializer<>() {
            @Override
            public RawRecord<V> deserialize(String topic, byte[] bytes) {
                return new RawRecord<>(inner.deserialize(topic, bytes), bytes, NO_TIMESTAMP);
            }

            @Override
            public RawRecord<V> deserialize(String topic, Headers headers, byte[] bytes) {
                return new RawRecord<>(inner.deserialize(topic, headers, bytes), bytes, NO_TIMESTAMP);
            }

            @Override
            public void close() {
                inner.close();
            }
        };
    }
}
