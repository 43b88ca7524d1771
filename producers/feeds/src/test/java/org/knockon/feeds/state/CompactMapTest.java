package org.knockon.feeds.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompactMapTest {

    /** The same steps on a map of the JDK. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20260731})
    void doesWhatAMapDoes(long seed) {
        Random random = new Random(seed);
        CompactMap compact = new CompactMap();
        Map<String, Integer> plain = new HashMap<>();
        for (int step = 0; step < 60_000; step++) {
            String key = "ns/é" + random.nextInt(5_000);
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> {
                    compact.remove(key);
                    plain.remove(key);
                }
                case 3 -> {
                    if (random.nextInt(500) == 0) {
                        int odd = random.nextInt(3);
                        assertThat(compact.removeIf(value -> value.getInt() % 3 == odd))
                                .as("seed %d, step %d", seed, step)
                                .containsExactlyInAnyOrderElementsOf(plain.entrySet().stream()
                                        .filter(entry -> entry.getValue() % 3 == odd)
                                        .map(Map.Entry::getKey)
                                        .toList());
                        plain.values().removeIf(value -> value % 3 == odd);
                    }
                }
                default -> {
                    compact.put(key, ByteBuffer.allocate(4).putInt(step).array());
                    plain.put(key, step);
                }
            }
            String other = "ns/é" + random.nextInt(5_000);
            assertThat(compact.get(other).map(ByteBuffer::getInt).orElse(null))
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(plain.get(other));
        }
        assertThat(compact.size()).as("seed %d", seed).isEqualTo(plain.size());
        plain.forEach((key, value) ->
                assertThat(compact.get(key).orElseThrow().getInt()).isEqualTo(value));
    }
}
