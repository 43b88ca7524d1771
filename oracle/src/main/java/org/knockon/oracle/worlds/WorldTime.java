package org.knockon.oracle.worlds;

import java.time.Duration;
import java.time.Instant;

/**
 * The time of a world. Most instants are on a grid of five minutes, some a millisecond off it, so that bounds of
 * intervals coincide, or just miss each other, much more often than by chance.
 */
record WorldTime(long begin, long end) {

    static final long MINUTE = Duration.ofMinutes(1).toMillis();
    static final long GRID = 5 * MINUTE;
    static final long HOUR = Duration.ofHours(1).toMillis();

    static WorldTime of(Dice dice) {
        // The heatwave, and the nights in which the clock of Europe/London goes forward and back.
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

    /** A random grid instant of the world. */
    long any(Dice dice) {
        return between(dice, begin, end);
    }

    /** A random grid instant from least to most. */
    static long between(Dice dice, long least, long most) {
        return least + dice.between(0, (int) Math.max(0, (most - least) / GRID)) * GRID;
    }

    /** Sometimes a millisecond earlier or later. */
    static long nudged(Dice dice, long instant) {
        return dice.chance(10) ? instant + dice.oneOf(-1, 1) : instant;
    }
}
