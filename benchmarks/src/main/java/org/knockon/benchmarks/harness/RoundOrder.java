package org.knockon.benchmarks.harness;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The order of the measurements in a round: shuffled, so that none always follows the same other one. */
public final class RoundOrder {

    private RoundOrder() {}

    /**
     * The same order for the same seed and round.
     *
     * @param round from 1
     */
    public static <T> List<T> of(List<T> all, long seed, int round) {
        // One generator for all rounds: generators with neighbouring seeds start alike.
        Random random = new Random(seed);
        List<T> order = new ArrayList<>(all);
        for (int i = 0; i < round; i++) {
            Collections.shuffle(order, random);
        }
        return order;
    }
}
