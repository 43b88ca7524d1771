package org.knockon.producers.generate;

import java.util.List;
import java.util.Map;

/** Picks one of several by weight. */
final class WeightedChoice<T> {
    private final List<T> options;
    private final double[] upTo;

    /** @param weights in an order that is always the same */
    WeightedChoice(Map<T, Double> weights) {
        this.options = List.copyOf(weights.keySet());
        this.upTo = new double[options.size()];
        double sum = 0;
        int i = 0;
        for (double weight : weights.values()) {
            sum += weight;
            upTo[i++] = sum;
        }
    }

    T pick(SeededRandom random) {
        double at = random.part() * upTo[upTo.length - 1];
        int i = 0;
        while (upTo[i] <= at) {
            i++;
        }
        return options.get(i);
    }
}
