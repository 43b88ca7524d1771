package org.knockon.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {

    @Test
    void ranksOfAHundred() {
        List<Double> measured =
                IntStream.rangeClosed(1, 100).mapToObj(i -> 101.0 - i).toList();

        assertThat(Percentiles.of(measured)).isEqualTo(new Percentiles(50, 99, 100, 100));
    }

    @Test
    void p99OfFewIsTheLargest() {
        assertThat(Percentiles.of(List.of(3.0, 1.0, 2.04))).isEqualTo(new Percentiles(2, 3, 3, 3));
    }

    @Test
    void rejectsAnEmptyList() {
        assertThatThrownBy(() -> Percentiles.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
