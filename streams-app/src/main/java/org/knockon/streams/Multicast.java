package org.knockon.streams;

import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Sends the values that match a condition to every partition, and the others to the partition of their key. */
final class Multicast<V> implements StreamPartitioner<String, V> {

    private final Predicate<V> toAll;

    Multicast(Predicate<V> toAll) {
        this.toAll = toAll;
    }

    @Override
    public Optional<Set<Integer>> partitions(String topic, String key, V value, Headers headers, int partitions) {
        return toAll.test(value)
                ? Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()))
                : Optional.empty();
    }

    /** Kafka 4.4 deprecates this method in favour of the one above but leaves it abstract. */
    @Override
    @SuppressWarnings("removal")
    public Optional<Set<Integer>> partitions(String topic, String key, V value, int partitions) {
        return partitions(topic, key, value, null, partitions);
    }
}
