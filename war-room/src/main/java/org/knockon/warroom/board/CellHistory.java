package org.knockon.warroom.board;

import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.knockon.impact.model.ImpactCounts;

/**
 * Counts of one cell over event time, as {@code impact-history} tells them; the order in which the points come does not matter, nor
 * when it is trimmed between them.
 */
final class CellHistory {

    private static final long HOUR = HistoryWindow.HOUR;

    private final TreeMap<Long, ImpactCounts> points = new TreeMap<>();
    private HistoryWindow reach;

    CellHistory(HistoryWindow reach) {
        this.reach = reach;
    }

    void put(long asOf, ImpactCounts counts) {
        points.put(asOf, counts);
        if (asOf <= reach.thinnedUntil()) {
            long before = Math.floorDiv(asOf - 1, HOUR) * HOUR;
            thin(before, before + HOUR);
            forget();
        }
    }

    /** Lets go of what is no longer within reach. */
    void trim(HistoryWindow now) {
        // Most have nothing to let go of, and a war room that starts asks all of them at each hour of its past.
        if (points.size() > 1 && points.firstKey() <= now.thinnedUntil()) {
            thin(reach.thinnedUntil(), now.thinnedUntil());
        }
        reach = now;
        if (points.size() > 1) {
            forget();
        }
    }

    /** Keeps the last of each hour, which is what stood at the hour's end: a point on the hour belongs to the hour before. */
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

    /** All that is too old, but for the newest of that, which still held then. */
    private void forget() {
        Long held = points.floorKey(reach.from());
        if (held != null) {
            points.headMap(held, false).clear();
        }
    }

    /** As they stood at an instant; zeros before the first point. */
    ImpactCounts at(long instant) {
        Map.Entry<Long, ImpactCounts> held = points.floorEntry(instant);
        return held == null ? ImpactCounts.ZERO : held.getValue();
    }

    /** Newest instant that is known up to another; null when none is. */
    Long newest(long until) {
        return points.floorKey(until);
    }

    /** First instant that is known; {@link Long#MAX_VALUE} when none is. */
    long first() {
        return points.isEmpty() ? Long.MAX_VALUE : reach.knownFrom(Math.max(points.firstKey(), reach.from()));
    }

    /** A copy of the points in [from, to], with what stood at {@code from} where that is known. */
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

    /** Newest fall of a number in (from, to], or null: a count that was corrected downwards. None where whole hours alone are kept. */
    BoardView.Revision newestFall(long from, long to, ToLongFunction<ImpactCounts> number) {
        if (from < reach.thinnedUntil()) {
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
