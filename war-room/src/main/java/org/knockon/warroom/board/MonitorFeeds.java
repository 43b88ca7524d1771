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
 * The monitors that were seen. An observation may name any monitor, so {@link #MOST} are followed, the first by name: no order of
 * arrival makes a difference. The others are counted.
 */
final class MonitorFeeds {

    /** Monitors that are followed, some 25 kB each. */
    static final int MOST = 1_000;
    /** Counted no further. */
    static final int MOST_COUNTED = 100_000;

    private static final Comparator<FeedRow> NEWLY_SILENT_FIRST = Comparator.comparing(
                    FeedRow::silentSince, Comparator.nullsLast(Comparator.reverseOrder()))
            .thenComparing(FeedRow::monitor);

    private final TreeMap<String, MonitorFeed> followed = new TreeMap<>();
    /** Hashes of all names: names themselves would be most of the memory. */
    private final Set<Long> named = new HashSet<>();

    void observed(String monitor, long at) {
        if (named.size() < MOST_COUNTED) {
            named.add(hash(monitor));
        }
        if (followed.size() == MOST && !followed.containsKey(monitor)) {
            if (monitor.compareTo(followed.lastKey()) > 0) {
                return;
            }
            followed.pollLastEntry();
        }
        followed.computeIfAbsent(monitor, unknown -> new MonitorFeed()).observed(at);
    }

    /** Those seen in the last weeks before {@code now}; of the silent ones the newly silent first. */
    List<FeedRow> rows(long now) {
        List<FeedRow> rows = new ArrayList<>();
        for (Map.Entry<String, MonitorFeed> feed : followed.entrySet()) {
            long last = feed.getValue().lastHeard(now);
            if (last != Long.MIN_VALUE && last > now - Board.FEED_REMEMBERED) {
                rows.add(feed.getValue().row(feed.getKey(), now));
            }
        }
        rows.sort(NEWLY_SILENT_FIRST);
        return List.copyOf(rows);
    }

    /** Monitors that are not followed, at least. */
    int more() {
        return Math.max(0, named.size() - followed.size());
    }

    /** Latest instant up to {@code now} that one was seen at; {@link Long#MIN_VALUE} when there is none. */
    long lastHeard(long now) {
        return followed.values().stream()
                .mapToLong(feed -> feed.lastHeard(now))
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
