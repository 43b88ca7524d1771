package org.knockon.warroom.board;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.knockon.warroom.board.BoardView.FeedRow;

/**
 * The monitors that sent observations. An observation may name any monitor, so only the first {@link #MAX} by name are
 * tracked, which does not depend on the order of arrival. The others are counted.
 */
final class MonitorFeeds {

    /** Number of tracked monitors, about 25 kB each. */
    static final int MAX = 1_000;
    /** The count stops here. */
    static final int MAX_COUNTED = 100_000;

    private static final Comparator<FeedRow> NEWLY_SILENT_FIRST = Comparator.comparing(
                    FeedRow::silentSince, Comparator.nullsLast(Comparator.reverseOrder()))
            .thenComparing(FeedRow::monitor);

    private final TreeMap<String, MonitorFeed> tracked = new TreeMap<>();
    /** Hashes of all names: the names themselves would take most of the memory. */
    private final Set<Long> named = new HashSet<>();

    void observed(String monitor, long at) {
        if (named.size() < MAX_COUNTED) {
            named.add(hash(monitor));
        }
        if (tracked.size() == MAX && !tracked.containsKey(monitor)) {
            if (monitor.compareTo(tracked.lastKey()) > 0) {
                return;
            }
            tracked.pollLastEntry();
        }
        tracked.computeIfAbsent(monitor, unknown -> new MonitorFeed()).observed(at);
    }

    /**
     * The monitors seen in the last weeks before {@code now}: silent ones first, the most recently silent at the top.
     */
    List<FeedRow> rows(long now) {
        List<FeedRow> rows = new ArrayList<>();
        for (Map.Entry<String, MonitorFeed> feed : tracked.entrySet()) {
            long last = feed.getValue().lastSeen(now);
            if (last != Long.MIN_VALUE && last > now - Board.MONITOR_RETENTION) {
                rows.add(feed.getValue().row(feed.getKey(), now));
            }
        }
        rows.sort(NEWLY_SILENT_FIRST);
        return List.copyOf(rows);
    }

    /** Lower bound for the number of monitors that are not tracked. */
    int more() {
        return Math.max(0, named.size() - tracked.size());
    }

    /** Latest time up to {@code now} at which any monitor was seen; {@link Long#MIN_VALUE} if there is none. */
    long lastSeen(long now) {
        return tracked.values().stream()
                .mapToLong(feed -> feed.lastSeen(now))
                .max()
                .orElse(Long.MIN_VALUE);
    }

    private static long hash(String name) {
        long hash = 1_125_899_906_842_597L;
        for (int i = 0; i < name.length(); i++) {
            hash = 31 * hash + name.charAt(i);
        }
        return hash;
    }
}
