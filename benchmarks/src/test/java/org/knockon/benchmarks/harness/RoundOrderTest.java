package org.knockon.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoundOrderTest {

    private static final List<String> ALL = List.of("a", "b", "c", "d", "e");

    @Test
    void everyRoundHoldsAllInAnOrderGivenBySeedAndRound() {
        assertThat(RoundOrder.of(ALL, 1, 3))
                .containsExactlyInAnyOrderElementsOf(ALL)
                .isEqualTo(RoundOrder.of(ALL, 1, 3));
    }

    @Test
    void noneAlwaysFollowsTheSameOther() {
        Set<String> predecessors = new HashSet<>();
        for (int round = 1; round <= 5; round++) {
            List<String> order = RoundOrder.of(ALL, 1, round);
            int at = order.indexOf("c");
            predecessors.add(at == 0 ? "none" : order.get(at - 1));
        }
        assertThat(predecessors).hasSizeGreaterThan(2);
    }
}
