package org.knockon.oracle.worlds;

import java.util.List;
import java.util.Random;

/**
 * Seeded random choices. The sequence of {@link Random} is part of its contract, so a seed gives the same choices on
 * every JDK.
 */
final class Dice {

    private final Random random;

    Dice(long seed) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L); // successive seeds would start with similar numbers
    }

    /** True with a probability of {@code percent} in 100. */
    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** From least to most, both inclusive. */
    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    <T> T oneOf(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    @SafeVarargs
    final <T> T oneOf(T... some) {
        return some[random.nextInt(some.length)];
    }

    Random random() {
        return random;
    }
}
