package org.knockon.schemas;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * One topic, as every module sees it. Keys are UTF-8 text, except on the dead-letter topic, which keeps the original
 * bytes.
 *
 * @param shortName name without the prefix
 * @param valueType the plain record that the serdes read and write; {@code byte[]} for a topic without a schema
 * @param key meaning of the key
 * @param partitions default number of partitions; 1 means that the topic always has one
 * @param retention how long records are kept; empty for a compacted topic, which keeps the newest record of each key
 * @param keyed copies the key into a value whose schema omits it
 * @param doc content of the records, in one sentence
 */
public record Topic<V>(
        String shortName,
        Class<V> valueType,
        String key,
        int partitions,
        Cleanup cleanup,
        Optional<Duration> retention,
        BiFunction<String, V, V> keyed,
        String doc) {

    /** How the broker removes old records. */
    public enum Cleanup {
        COMPACT,
        DELETE
    }

    public Topic {
        Objects.requireNonNull(shortName);
        Objects.requireNonNull(valueType);
        if ((cleanup == Cleanup.DELETE) != retention.isPresent()) {
            throw new IllegalArgumentException(
                    shortName + ": cleanup DELETE needs a retention, and no other cleanup may have one");
        }
    }

    /** Full name on the broker. The prefix includes its separator, such as {@code knockon.}. */
    public String name(String prefix) {
        return prefix + shortName;
    }

    /** Whether the number of partitions is configurable. It must be the same for all such topics. */
    public boolean partitioned() {
        return partitions > 1;
    }

    /** Whether values are bytes without a schema. */
    public boolean schemaless() {
        return valueType == byte[].class;
    }

    /**
     * Returns the value with its id copied from the record key, if the schema omits the id; otherwise the value itself.
     * Null stays null.
     */
    public V keyed(String recordKey, V value) {
        return value == null ? null : keyed.apply(recordKey, value);
    }
}
