package org.knockon.warroom.board;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The times at which one monitor was seen, to decide whether it is silent. The order of arrival does not matter. A
 * monitor polls many systems in one go, so only the first and the last instant of each {@link #MIN_GAP} are kept; no
 * longer gap is lost by that.
 */
final class MonitorFeed {

    /** Number of polls from which the usual gap is computed. */
    private static final int JUDGED = 128;
    /** More than that, because a report may be slightly older than the newest poll. */
    private static final int KEPT = 2 * JUDGED;

    private static final int ENOUGH_GAPS = 5;
    private static final long MIN_GAP = 20_000;
    private static final int SILENT_AFTER_GAPS = 3;

    private final TreeMap<Long, Poll> polls = new TreeMap<>();

    private record Poll(long first, long last) {
        Poll and(Poll other) {
            return new Poll(Math.min(first, other.first), Math.max(last, other.last));
        }
    }

    void observed(long at) {
        polls.merge(Math.floorDiv(at, MIN_GAP), new Poll(at, at), Poll::and);
        if (polls.size() > KEPT) {
            polls.pollFirstEntry();
        }
    }

    /** Epoch milliseconds, not later than {@code now}; {@link Long#MIN_VALUE} if it was not seen by then. */
    long lastSeen(long now) {
        Map.Entry<Long, Poll> newest = polls.floorEntry(Math.floorDiv(now, MIN_GAP));
        while (newest != null && newest.getValue().first() > now) {
            newest = polls.lowerEntry(newest.getKey());
        }
        if (newest == null) {
            return Long.MIN_VALUE;
        }
        Poll poll = newest.getValue();
        return poll.last() <= now ? poll.last() : poll.first();
    }

    /** @param now the monitor was seen at least once by this instant */
    BoardView.FeedRow row(String monitor, long now) {
        long last = lastSeen(now);
        Long usual = usualGap(last);
        boolean silent = usual != null && now - last > SILENT_AFTER_GAPS * usual;
        return new BoardView.FeedRow(monitor, last, usual, silent ? last : null);
    }

    /** Not the median: a monitor that reports more often during an incident would look silent afterwards. */
    private Long usualGap(long last) {
        Collection<Poll> newestFirst = polls.headMap(Math.floorDiv(last, MIN_GAP), true)
                .descendingMap()
                .values();
        List<Long> gaps = new ArrayList<>();
        Long after = null;
        int judged = 0;
        for (Poll poll : newestFirst) {
            if (after != null && after - poll.last() >= MIN_GAP) {
                gaps.add(after - poll.last());
            }
            after = poll.first();
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
