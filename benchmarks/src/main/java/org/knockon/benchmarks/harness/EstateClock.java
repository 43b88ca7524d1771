package org.knockon.benchmarks.harness;

import java.time.Instant;
import java.util.function.LongUnaryOperator;

/**
 * Event time of an estate, in epoch milliseconds.
 *
 * @param opens before every event
 * @param confirmMillis how long an outage lasts before it is confirmed, and a recovery before it counts
 * @param next the time of the next observation, given that of the last one
 */
public record EstateClock(long opens, long confirmMillis, LongUnaryOperator next) {

    /** When a simulated estate opens. */
    public static final long OPENS = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();

    /** Advances by {@code confirmMillis} with each round of observations, however long that really takes. */
    public static EstateClock simulated(long confirmMillis) {
        return new EstateClock(OPENS, confirmMillis, before -> before + confirmMillis);
    }

    /** Follows the wall clock; every observation takes effect at once. */
    public static EstateClock live() {
        return new EstateClock(
                System.currentTimeMillis(), 0, before -> Math.max(before + 1, System.currentTimeMillis()));
    }
}
