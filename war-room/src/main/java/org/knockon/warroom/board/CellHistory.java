package org.knockon.warroom.board;

import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.knockon.impact.model.ImpactCounts;

/**
 * Counts of one cell over event time, from {@code impact-history}. The result depends neither on the order of the
 * points nor on when it is trimmed.
 */
final class CellHistory {

    private static final long HOUR = HistoryWindow.HOUR;

    private final TreeMap<Long, ImpactCounts> points = new TreeMap<>();
    private HistoryWindow window;

    CellHistory(HistoryWindow window) {
        this.window = window;
    }

    void put(long asOf, ImpactCounts counts) {
        points.put(asOf, counts);
        if (asOf <= window.thinnedUntil()) {
            long before = Math.floorDiv(asOf - 1, HOUR) * HOUR;
            thin(before, before + HOUR);
            forget();
        }
    }

    /** Removes the points that the new window no longer covers. */
    void trim(HistoryWindow now) {
        // Most cells have nothing to remove, and a starting war room trims all of them once per hour of its history.
        if (points.size() > 1 && points.firstKey() <= now.thinnedUntil()) {
            thin(window.thinnedUntil(), now.thinnedUntil());
        }
        window = now;
        if (points.size() > 1) {
            forget();
        }
    }

    /**
     * Keeps the last point of each hour: the counts at the end of that hour. A point exactly on the hour belongs to the
     * hour before.
     */
    private void thin(long after, long to) {
        long kept = Long.MIN_VALUE;
        Iterator<Long> newestFirst =
                points.subMap(after, false, to, true).descendingKeySet().iterator();
        while (newestFirst.hasNext()) {
            long hour = Math.floorDiv(newestFirst.next() - 1, HOUR);
            if (hour == kept) {
                newestFirst.remove();
            }
            kept = hour;
        }
    }

    /** Removes the points before the window, except the newest of them: its counts still hold at the window's start. */
    private void forget() {
        Long held = points.floorKey(window.from());
        if (held != null) {
            points.headMap(held, false).clear();
        }
    }

    /** The counts at an instant; zeros before the first point. */
    ImpactCounts at(long instant) {
        Map.Entry<Long, ImpactCounts> held = points.floorEntry(instant);
        return held == null ? ImpactCounts.ZERO : held.getValue();
    }

    /** Time of the newest point up to {@code until}; null if there is none. */
    Long newest(long until) {
        return points.floorKey(until);
    }

    /** First known instant; {@link Long#MAX_VALUE} if there is none. */
    long first() {
        return points.isEmpty() ? Long.MAX_VALUE : window.atOrAfter(Math.max(points.firstKey(), window.from()));
    }

    /** A copy of the points in [from, to], with the counts at {@code from} if known. */
    SortedMap<Long, ImpactCounts> between(long from, long to) {
        TreeMap<Long, ImpactCounts> part = new TreeMap<>();
        if (to >= from) {
            part.putAll(points.subMap(from, true, to, true));
            Map.Entry<Long, ImpactCounts> held = points.floorEntry(from);
            if (held != null) {
                part.put(from, held.getValue());
            }
        }
        return part;
    }

    /**
     * Latest decrease of a number in (from, to]: a downward correction. Null if there is none, and where only whole
     * hours are kept.
     */
    BoardView.Revision newestFall(long from, long to, ToLongFunction<ImpactCounts> number) {
        if (from < window.thinnedUntil()) {
            return null;
        }
        BoardView.Revision newest = null;
        long before = number.applyAsLong(at(from));
        for (Map.Entry<Long, ImpactCounts> point :
                points.subMap(from, false, to, true).entrySet()) {
            long now = number.applyAsLong(point.getValue());
            if (now < before) {
                newest = new BoardView.Revision(point.getKey(), now - before);
            }
            before = now;
        }
        return newest;
    }
}
