package org.knockon.warroom.board;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.knockon.warroom.board.BoardView.Backlog;
import org.knockon.warroom.board.BoardView.Outlook;
import org.knockon.warroom.board.BoardView.Point;

/**
 * When all postponed care may have a new date: a range from the net pace of the last one, two and three days, never a
 * single date. A trust that announced single dates in 2022 had to withdraw them.
 */
final class BacklogForecast {

    private static final long HOUR = HistoryWindow.HOUR;
    private static final long STEP = Duration.ofMinutes(5).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();
    /** Number of days over which the pace is measured. */
    static final int DAYS = 3;
    /** Assumed error of a pace that did not change. */
    private static final double MIN_SPREAD = 0.2;

    private static final int MAX_POINTS = 240;

    private BacklogForecast() {}

    /**
     * @param waiting number of appointments without a new date at an instant
     * @param first first known instant
     */
    static Backlog of(LongUnaryOperator waiting, long first, long now) {
        List<Point> curve = curve(waiting, Math.max(first, now - HistoryWindow.EXACT_DAYS * DAY), now);
        long left = waiting.applyAsLong(now);
        if (left == 0) {
            return new Backlog(curve, Outlook.NOTHING_WAITING, null, null);
        }
        if (first == Long.MAX_VALUE || now - first < DAY) {
            return new Backlog(curve, Outlook.TOO_EARLY, null, null);
        }
        double fastest = Double.NEGATIVE_INFINITY;
        double slowest = Double.POSITIVE_INFINITY;
        for (int days = 1; days <= DAYS && now - days * DAY >= first; days++) {
            double perDay = (double) (waiting.applyAsLong(now - days * DAY) - left) / days;
            fastest = Math.max(fastest, perDay);
            slowest = Math.min(slowest, perDay);
        }
        if (fastest <= 0) {
            return new Backlog(curve, Outlook.NOT_FALLING, null, null);
        }
        fastest = Math.max(fastest, slowest * (1 + MIN_SPREAD));
        slowest = Math.min(slowest, fastest * (1 - MIN_SPREAD));
        Long latest = slowest <= 0 ? null : Long.valueOf(wholeHour(now + left / slowest * DAY));
        return new Backlog(curve, Outlook.RANGE, wholeHour(now + left / fastest * DAY), latest);
    }

    /** On whole steps, so that consecutive views have the same points. The last point is before now. */
    private static List<Point> curve(LongUnaryOperator waiting, long first, long now) {
        List<Point> points = new ArrayList<>();
        if (first < now) {
            long step = STEP * Math.max(1, (now - first) / STEP / MAX_POINTS);
            for (long at = Math.floorDiv(first, step) * step; at < now; at += step) {
                points.add(new Point(at, waiting.applyAsLong(at)));
            }
        }
        return points;
    }

    /** Rounded: the forecast is no more precise, and a time that changes every second would suggest that it is. */
    private static long wholeHour(double at) {
        return Math.round(at / HOUR) * HOUR;
    }
}
