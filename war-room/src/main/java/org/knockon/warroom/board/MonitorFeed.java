package org.knockon.warroom.board;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When one monitor was seen: enough to tell whether it is silent, whatever the order in which its observations came. A monitor looks
 * at many systems in one go, so of each {@link #LEAST_GAP} only the first and the last instant are kept; no gap is lost by that.
 */
final class MonitorFeed {

    /** Looks that the usual gap is judged by. */
    private static final int JUDGED = 128;
    /** More, for a report stands a little before the newest of them. */
    private static final int KEPT = 2 * JUDGED;

    private static final int ENOUGH_GAPS = 5;
    private static final long LEAST_GAP = 20_000;
    private static final int SILENT_AFTER_GAPS = 3;

    private final TreeMap<Long, Look> looks = new TreeMap<>();

    private record Look(long first, long last) {
        Look and(Look other) {
            return new Look(Math.min(first, other.first), Math.max(last, other.last));
        }
    }

    void observed(long at) {
        looks.merge(Math.floorDiv(at, LEAST_GAP), new Look(at, at), Look::and);
        if (looks.size() > KEPT) {
            looks.pollFirstEntry();
        }
    }

    /** Epoch milliseconds, not later than {@code now}; {@link Long#MIN_VALUE} when it was not seen by then. */
    long lastHeard(long now) {
        Map.Entry<Long, Look> newest = looks.floorEntry(Math.floorDiv(now, LEAST_GAP));
        while (newest != null && newest.getValue().first() > now) {
            newest = looks.lowerEntry(newest.getKey());
        }
        if (newest == null) {
            return Long.MIN_VALUE;
        }
        Look look = newest.getValue();
        return look.last() <= now ? look.last() : look.first();
    }

    /** @param now an instant by which it was seen */
    BoardView.FeedRow row(String monitor, long now) {
        long last = lastHeard(now);
        Long usual = usualGap(last);
        boolean silent = usual != null && now - last > SILENT_AFTER_GAPS * usual;
        return new BoardView.FeedRow(monitor, last, usual, silent ? last : null);
    }

    /** Not the median: where an incident makes a monitor talk, the usual quiet would look like silence. */
    private Long usualGap(long last) {
        Collection<Look> newestFirst = looks.headMap(Math.floorDiv(last, LEAST_GAP), true)
                .descendingMap()
                .values();
        List<Long> gaps = new ArrayList<>();
        Long after = null;
        int judged = 0;
        for (Look look : newestFirst) {
            if (after != null && after - look.last() >= LEAST_GAP) {
                gaps.add(after - look.last());
            }
            after = look.first();
            if (++judged == JUDGED) {
                break;
            }
        }
        if (gaps.size() < ENOUGH_GAPS) {
            return null;
        }
        Collections.sort(gaps);
        return gaps.get(gaps.size() * 9 / 10);
    }
}
