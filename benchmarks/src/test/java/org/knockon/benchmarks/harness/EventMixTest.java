package org.knockon.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventMixTest {

    @ParameterizedTest
    @CsvSource({"NEAR, 1", "NEAR, 2", "NEAR, 99", "NEAR, 100", "NEAR, 20000", "FAR, 1", "FAR, 4", "FAR, 5", "FAR, 20000"
    })
    void booksAndUpdatesEachOnceWithTheUpdateLagging(EventMix mix, int number) {
        int[] bookedAt = new int[number];
        int[] updates = new int[number];
        int[] booked = {0};
        mix.run(number, 7, i -> bookedAt[i] = ++booked[0], i -> {
            updates[i]++;
            assertThat(bookedAt[i]).isPositive();
            if (booked[0] < number) {
                assertThat(booked[0] - bookedAt[i]).isGreaterThanOrEqualTo(mix.lag(number));
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
    void aFarUpdateComesAFifthOfAllBookingsLater() {
        assertThat(EventMix.FAR.lag(500_000)).isEqualTo(100_000);
        assertThat(EventMix.NEAR.lag(500_000)).isEqualTo(5_000);
    }

    @Test
    void sameSeedGivesTheSameOrder() {
        assertThat(order(1_000, 7)).isEqualTo(order(1_000, 7)).isNotEqualTo(order(1_000, 8));
    }

    /** Updates are negative. */
    private static List<Integer> order(int number, long seed) {
        List<Integer> order = new ArrayList<>();
        EventMix.NEAR.run(number, seed, order::add, i -> order.add(-1 - i));
        return order;
    }
}
