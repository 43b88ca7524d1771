package org.knockon.warroom.board;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/** When one monitor was heard: enough to tell whether it is silent, whatever the order in which its observations came. */
final class MonitorFeed {

    private static final int KEPT = 128;
    private static final int ENOUGH_GAPS = 5;
    private static final long LEAST_GAP = 20_000;
    private static final int SILENT_AFTER_GAPS = 3;

    private final TreeSet<Long> heard = new TreeSet<>();

    void observed(long at) {
        heard.add(at);
        if (heard.size() > KEPT) {
            heard.pollFirst();
        }
    }

    /** Epoch milliseconds; ask only once it was heard. */
    long lastHeard() {
        return heard.last();
    }

    BoardView.FeedRow row(String monitor, long now) {
        Long usual = usualGap();
        boolean silent = usual != null && now - heard.last() > SILENT_AFTER_GAPS * usual;
        return new BoardView.FeedRow(monitor, heard.last(), usual, silent ? heard.last() : null);
    }

    /** Not the median: where an incident makes a monitor talk, the usual quiet would look like silence. */
    private Long usualGap() {
        List<Long> gaps = new ArrayList<>();
        Long before = null;
        for (long at : heard) {
            // A monitor looks at many systems in one go.
            if (before != null && at - before >= LEAST_GAP) {
                gaps.add(at - before);
            }
            before = at;
        }
        if (gaps.size() < ENOUGH_GAPS) {
            return null;
        }
        Collections.sort(gaps);
        return gaps.get(gaps.size() * 9 / 10);
    }
}
