package org.knockon.schemas.recording;

import org.apache.kafka.common.header.Headers;
import org.knockon.schemas.Topic;

/**
 * A record of an input topic, as it was on the broker.
 *
 * @param timestamp epoch milliseconds
 * @param key original bytes; null if the record has none
 * @param value original bytes with the header of the wire format; null for a tombstone
 */
public record RecordedRecord(
        Topic<?> topic, int partition, long offset, long timestamp, byte[] key, byte[] value, Headers headers) {

    /** Size of the key and the value in bytes. */
    public int size() {
        return (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
    }
}
