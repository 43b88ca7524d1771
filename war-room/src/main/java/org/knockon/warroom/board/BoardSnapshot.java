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
 * Everything the board holds at one event time, in full, whereas {@link BoardView} holds what fits on a wall.
 * Immutable. It does not depend on the order in which records of different keys arrived.
 *
 * @param now event time of the snapshot, epoch milliseconds
 * @param past whether the counts come from the five-minute history
 * @param outages those that had begun and, if {@code past}, were confirmed by then
 * @param feeds empty if {@code past}: what monitors had sent at that time is not kept
 * @param countedUntil latest event time at which a count changed, if {@code past} according to the history; null before
 *     the first
 * @param observedUntil latest time of an observation that is not after the board's clock; null before the first
 * @param moreFeeds lower bound for the number of monitors that are not tracked because there are too many
 * @param input the records from which the snapshot was made
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
        Input input) {

    /**
     * @param offsets by topic and partition
     * @param unreadable number of records among them that could not be decoded
     */
    public record Input(List<OffsetRange> offsets, long unreadable) {
        public Input {
            offsets = List.copyOf(offsets);
        }
    }

    public BoardSnapshot {
        systems = Collections.unmodifiableMap(new TreeMap<>(systems));
        services = Collections.unmodifiableMap(new TreeMap<>(services));
        outages = Collections.unmodifiableList(new ArrayList<>(outages));
        counts = Map.copyOf(counts);
    }
}
