package org.knockon.benchmarks.harness;

import java.util.function.LongUnaryOperator;

/**
 * Event time of an estate, all in epoch milliseconds.
 *
 * @param firstSlot earliest start of an appointment
 * @param slotMinutes how many minutes the appointments' starts are spread over
 * @param confirm how long an outage lasts before it is confirmed, and a recovery before it is believed
 * @param next the instant of the next observation, given that of the last one
 */
public record Timetable(long opens, long firstSlot, int slotMinutes, long confirm, LongUnaryOperator next) {

    private static final long HOUR = 60 * 60_000L;

    /** Passes when something is observed, however long that takes. */
    public static final Timetable SIMULATED =
            new Timetable(Estate.OPENS, Estate.OPENS + 4 * HOUR, 18 * 60, Estate.CONFIRM, before -> before + Estate.CONFIRM);

    /** By the wall clock, with all appointments in the next hours; what is observed is believed at once. */
    public static Timetable live() {
        long now = System.currentTimeMillis();
        return new Timetable(now, now + HOUR, 120, 0, before -> Math.max(before + 1, System.currentTimeMillis()));
    }
}
