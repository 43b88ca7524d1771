package org.knockon.warroom.board;

import java.time.Duration;

/**
 * How far history reaches back. Both ends are whole hours (UTC) of event time, epoch milliseconds.
 *
 * @param from what is older is forgotten
 * @param exactFrom of times before it whole hours alone can be asked for
 */
public record HistoryWindow(long from, long exactFrom) {

    /** Days that history reaches back: longer than any exercise. */
    public static final int DAYS = 100;
    /** Of these, days of which each five minutes are known. */
    public static final int EXACT_DAYS = 31;

    static final long HOUR = 60 * 60 * 1000L;

    /** What a view compares with, such as an hour or days ago, is as exact as the view. */
    private static final Duration COMPARED = Duration.ofDays(BacklogForecast.DAYS);

    /** @param newest event time of the newest count; before the first, {@link Long#MIN_VALUE} */
    static HistoryWindow of(long newest) {
        long now = Math.max(newest, 0);
        return new HistoryWindow(earliest(now), hour(now - Duration.ofDays(EXACT_DAYS).toMillis()));
    }

    /** First instant that may be asked for. */
    public static long earliest(long now) {
        return hour(now - Duration.ofDays(DAYS).toMillis());
    }

    /** The instant itself where it is known, and the whole hour before it where that alone is. */
    long known(long instant) {
        return instant >= exactFrom ? instant : hour(instant);
    }

    /** The first known instant that is not before another. */
    long knownFrom(long instant) {
        long known = known(instant);
        return known == instant ? instant : known + HOUR;
    }

    /** Up to it the last point of each hour is kept, after it every point. */
    long thinnedUntil() {
        return exactFrom - COMPARED.toMillis();
    }

    private static long hour(long instant) {
        return Math.floorDiv(instant, HOUR) * HOUR;
    }
}
