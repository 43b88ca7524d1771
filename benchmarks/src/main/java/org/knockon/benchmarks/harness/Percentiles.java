package org.knockon.benchmarks.harness;

import java.util.List;

/**
 * Percentiles of a number of measurements, by nearest rank.
 *
 * @param times number of measurements; with fewer than a hundred, p99 is the largest
 */
public record Percentiles(double p50, double p99, double max, int times) {

    /** @throws IllegalArgumentException if there are none */
    public static Percentiles of(List<Double> measured) {
        if (measured.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        List<Double> sorted = measured.stream().sorted().toList();
        return new Percentiles(at(sorted, 50), at(sorted, 99), at(sorted, 100), sorted.size());
    }

    private static double at(List<Double> sorted, int percent) {
        int rank = (sorted.size() * percent + 99) / 100;
        return Math.round(sorted.get(rank - 1) * 10) / 10.0;
    }

    @Override
    public String toString() {
        return p50 + "  (p99 " + p99 + ", max " + max + ", " + times + " times)";
    }
}
