package org.knockon.warroom.board;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.warroom.board.BoardView.Backlog;
import org.knockon.warroom.board.BoardView.FeedRow;

/**
 * All that a board knows at one event time, at length where {@link BoardView} shows what fits a wall. It does not change any more, and
 * it is the same whatever the order in which the records of different keys came.
 *
 * @param now event time at which this stands, epoch milliseconds
 * @param past whether counts are of the five-minute history
 * @param outages those that had begun, and that were confirmed where this is past
 * @param feeds none where this is past, for what was heard then is not kept
 * @param countedUntil latest event time at which a count changed, and where this is past, of the history up to then; null before the first
 * @param observedUntil latest event time of an observation that is not later than the board's clock; null before the first
 * @param moreFeeds monitors that are not followed, for too many were named; at least
 * @param record which records this was made of
 */
public record BoardSnapshot(
        long now,
        boolean past,
        ZoneId zone,
        Map<String, MonitoredSystem> systems,
        Map<String, CareService> services,
        List<PublishedOutage> outages,
        Map<Cell, ImpactCounts> counts,
        Backlog backlog,
        List<FeedRow> feeds,
        Long countedUntil,
        Long observedUntil,
        int moreFeeds,
        Read record) {

    /**
     * @param spans by topic and partition
     * @param unreadable records among them that could not be decoded
     */
    public record Read(List<OffsetRange> spans, long unreadable) {
        public Read {
            spans = List.copyOf(spans);
        }
    }

    public BoardSnapshot {
        systems = Collections.unmodifiableMap(new TreeMap<>(systems));
        services = Collections.unmodifiableMap(new TreeMap<>(services));
        outages = Collections.unmodifiableList(new ArrayList<>(outages));
        counts = Map.copyOf(counts);
    }
}
