package org.knockon.oracle.worlds;

import java.time.Instant;

/**
 * When a world takes place. Most instants lie on a grid of five minutes, some a millisecond beside it, so that ends
 * of intervals meet exactly, or just miss each other, far more often than they would by chance.
 */
record WorldTime(long begin, long end) {

    static final long MINUTE = 60_000L;
    static final long GRID = 5 * MINUTE;
    static final long HOUR = 60 * MINUTE;

    static WorldTime of(Dice dice) {
        // The heatwave, and the nights on which the clocks of Europe/London go forward and back.
        String middle = dice.oneOf(
                "2022-07-19T12:00:00Z",
                "2022-07-19T23:00:00Z",
                "2022-07-19T07:00:00Z",
                "2022-03-27T01:00:00Z",
                "2022-10-30T01:00:00Z");
        long centre = Instant.parse(middle).toEpochMilli();
        return new WorldTime(
                centre - dice.between(8, 30) * HOUR, centre + dice.between(4, 30) * HOUR + dice.between(0, 11) * GRID);
    }

    /** Some grid instant of the world. */
    long any(Dice dice) {
        return between(dice, begin, end);
    }

    /** A grid instant from least to most. */
    static long between(Dice dice, long least, long most) {
        return least + dice.between(0, (int) Math.max(0, (most - least) / GRID)) * GRID;
    }

    /** Now and then a millisecond early or late. */
    static long nudged(Dice dice, long instant) {
        return dice.chance(10) ? instant + dice.oneOf(-1, 1) : instant;
    }
}
