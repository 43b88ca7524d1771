package org.knockon.warroom.board;

import java.time.Duration;

/**
 * How far the history goes back. Both limits are whole hours (UTC) of event time, in epoch milliseconds.
 *
 * @param from older points are dropped
 * @param exactFrom before this instant only whole hours are kept
 */
public record HistoryWindow(long from, long exactFrom) {

    /** Length of the history in days: longer than any exercise. */
    public static final int DAYS = 100;
    /** The last of these days, for which every five minutes are kept. */
    public static final int EXACT_DAYS = 31;

    static final long HOUR = Duration.ofHours(1).toMillis();

    /** A view compares with earlier times, such as an hour or some days ago. These must be as exact as the view. */
    private static final Duration COMPARED = Duration.ofDays(BacklogForecast.DAYS);

    /** @param newest event time of the newest count; before the first, {@link Long#MIN_VALUE} */
    static HistoryWindow of(long newest) {
        long now = Math.max(newest, 0);
        return new HistoryWindow(
                earliest(now), hour(now - Duration.ofDays(EXACT_DAYS).toMillis()));
    }

    /** First instant that may be requested. */
    public static long earliest(long now) {
        return hour(now - Duration.ofDays(DAYS).toMillis());
    }

    /** The last instant, not after the given one, for which the history is exact. */
    long atOrBefore(long instant) {
        return instant >= exactFrom ? instant : hour(instant);
    }

    /** The first instant, not before the given one, for which the history is exact. */
    long atOrAfter(long instant) {
        long before = atOrBefore(instant);
        return before == instant ? instant : before + HOUR;
    }

    /** Up to this instant only the last point of each hour is kept, after it every point. */
    long thinnedUntil() {
        return exactFrom - COMPARED.toMillis();
    }

    private static long hour(long instant) {
        return Math.floorDiv(instant, HOUR) * HOUR;
    }
}
