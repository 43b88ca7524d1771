package org.knockon.benchmarks.harness;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Median of several rounds, with the smallest and the largest value. */
public record Spread(double median, double least, double most) {

    public static <T> Spread of(List<T> rounds, ToDoubleFunction<T> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(rounded(median), rounded(sorted[0]), rounded(sorted[sorted.length - 1]));
    }

    private static double rounded(double value) {
        return value >= 100 ? Math.round(value) : Math.round(value * 100) / 100.0;
    }

    @Override
    public String toString() {
        return median + "  (" + least + " to " + most + ")";
    }
}
