package org.knockon.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventMixTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 99, 100, 1_000, 20_000})
    void booksAndUpdatesEachOnceWithTheUpdateLagging(int number) {
        int[] bookedAt = new int[number];
        int[] updates = new int[number];
        int[] booked = {0};
        EventMix.run(number, 7, i -> bookedAt[i] = ++booked[0], i -> {
            updates[i]++;
            assertThat(bookedAt[i]).isPositive();
            if (booked[0] < number) {
                assertThat(booked[0] - bookedAt[i]).isGreaterThanOrEqualTo(EventMix.lag(number));
            }
        });
        assertThat(booked[0]).isEqualTo(number);
        assertThat(updates).containsOnly(1);
    }

    @Test
    void firstHalfHoldsAsManyBookingsAsUpdates() {
        List<Integer> order = order(20_000, 7);
        long bookings = order.subList(0, 20_000).stream().filter(i -> i >= 0).count();
        assertThat(bookings).isBetween(10_000L, 10_400L);
    }

    @Test
    void sameSeedGivesTheSameOrder() {
        assertThat(order(1_000, 7)).isEqualTo(order(1_000, 7)).isNotEqualTo(order(1_000, 8));
    }

    /** Updates are negative. */
    private static List<Integer> order(int number, long seed) {
        List<Integer> order = new ArrayList<>();
        EventMix.run(number, seed, order::add, i -> order.add(-1 - i));
        return order;
    }
}
