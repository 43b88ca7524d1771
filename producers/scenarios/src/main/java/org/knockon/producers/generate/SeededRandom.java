package org.knockon.producers.generate;

/**
 * SplitMix64 (Steele, Lea and Flood, 2014). Implemented here because the JDK does not promise the same numbers from its
 * own generators in every release. Uses StrictMath because Math may round differently on other processors.
 */
final class SeededRandom {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final double NINETIETH = 1.2815515655446004;

    private long state;

    private SeededRandom(long state) {
        this.state = state;
    }

    /** A separate generator for one decision, identified by its name and two numbers. */
    static SeededRandom of(long seed, String about, long first, long second) {
        return new SeededRandom(mix(mix(mix(seed ^ hash(about)) + first) + second));
    }

    static SeededRandom of(long seed, String about) {
        return of(seed, about, 0, 0);
    }

    /** FNV-1a. */
    private static long hash(String text) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return hash;
    }

    private static long mix(long value) {
        long z = value + GOLDEN;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    long next() {
        long result = mix(state);
        state += GOLDEN;
        return result;
    }

    /** At least 0 and less than 1. */
    double fraction() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    boolean chance(double probability) {
        return fraction() < probability;
    }

    /** From 0 to bound - 1. */
    int below(int bound) {
        return (int) (fraction() * bound);
    }

    /** At least {@code least} and less than {@code end}; {@code least} if the range is empty. */
    long between(long least, long end) {
        return end <= least ? least : least + (long) (fraction() * (end - least));
    }

    /** From the log-normal distribution with this median and ninetieth percentile. */
    double logNormal(double median, double ninetieth) {
        double sigma = StrictMath.log(ninetieth / median) / NINETIETH;
        return median * StrictMath.exp(sigma * normal());
    }

    private double normal() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - fraction()));
        return radius * StrictMath.cos(2 * StrictMath.PI * fraction());
    }
}
