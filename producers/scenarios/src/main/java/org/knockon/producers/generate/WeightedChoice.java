package org.knockon.producers.generate;

import java.util.List;
import java.util.Map;

/** Picks one of several by weight. */
final class WeightedChoice<T> {
    private final List<T> options;
    private final double[] cumulative;

    /** @param weights a map whose iteration order is fixed, for the same seed must give the same choice */
    WeightedChoice(Map<T, Double> weights) {
        this.options = List.copyOf(weights.keySet());
        this.cumulative = new double[options.size()];
        double sum = 0;
        int i = 0;
        for (double weight : weights.values()) {
            sum += weight;
            cumulative[i++] = sum;
        }
    }

    T pick(SeededRandom random) {
        double at = random.fraction() * cumulative[cumulative.length - 1];
        int i = 0;
        while (cumulative[i] <= at) {
            i++;
        }
        return options.get(i);
    }
}
