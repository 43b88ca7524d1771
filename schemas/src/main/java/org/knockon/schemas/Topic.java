package org.knockon.schemas;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.knockon.schemas.serde.KnockonSerdes;

/**
 * One topic, as every module sees it. Keys are plain UTF-8 strings (but for dead letters, which keep the original
 * bytes).
 *
 * @param shortName name without the prefix
 * @param valueType the plain record that {@link KnockonSerdes} reads and writes; {@code byte[]} where no schema belongs
 *     to it
 * @param key what the key is
 * @param partitions default number; 1 means that the topic always has one
 * @param retention how long records are kept; empty for a compacted topic, which keeps the newest of each key
 * @param keyed puts the key into a value whose schema leaves it out
 * @param doc what its records say
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

    /** What the broker does with old records. */
    public enum Cleanup {
        COMPACT,
        DELETE
    }

    public Topic {
        Objects.requireNonNull(shortName);
        Objects.requireNonNull(valueType);
        if ((cleanup == Cleanup.DELETE) != retention.isPresent()) {
            throw new IllegalArgumentException(shortName + ": a retention belongs to cleanup DELETE and to no other");
        }
    }

    /** Name on the broker. The prefix ends with its own separator, such as {@code knockon.}. */
    public String name(String prefix) {
        return prefix + shortName;
    }

    /** Whether the number of partitions is open to configuration; it is the same for all such topics. */
    public boolean partitioned() {
        return partitions > 1;
    }

    /** Whether values are bytes to which no schema belongs. */
    public boolean schemaless() {
        return valueType == byte[].class;
    }

    /**
     * The value with its id filled in from the record's key, where the schema leaves the id to the key; null stays
     * null.
     */
    public V keyed(String recordKey, V value) {
        return value == null ? null : keyed.apply(recordKey, value);
    }
}
