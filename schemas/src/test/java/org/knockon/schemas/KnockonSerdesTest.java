package org.knockon.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KnockonSerdesTest {

    private final KnockonSerdes serdes = new KnockonSerdes(Map.of("schema.registry.url", "mock://serdes"));

    static Stream<Arguments> samples() {
        return Samples.all().entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(value -> Arguments.of(entry.getKey(), value)));
    }

    @ParameterizedTest
    @MethodSource("samples")
    <V> void givesBackWhatItWasGiven(Topic<V> topic, V value) {
        Serde<V> serde = serdes.value(topic);
        String name = topic.name(Topics.DEFAULT_PREFIX);

        assertThat(serde.deserializer().deserialize(name, serde.serializer().serialize(name, value)))
                .isEqualTo(value);
    }

    @Test
    void keepsTombstones() {
        for (Topic<?> topic : Topics.all()) {
            Serde<?> serde = serdes.value(topic);
            assertThat(serde.serializer().serialize("t", null)).isNull();
            assertThat((Object) serde.deserializer().deserialize("t", null)).isNull();
        }
    }

    @Test
    void hasASampleForEachTopicWithASchema() {
        List<Topic<?>> withSchema =
                Topics.all().stream().filter(topic -> !topic.schemaless()).toList();

        assertThat(List.copyOf(Samples.all().keySet())).isEqualTo(withSchema);
    }
}
