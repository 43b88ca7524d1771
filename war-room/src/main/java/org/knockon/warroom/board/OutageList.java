package org.knockon.warroom.board;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.warroom.board.BoardView.Band;
import org.knockon.warroom.board.BoardView.OutageRow;
import org.knockon.warroom.board.BoardView.Systems;

/** Root causes with what follows from each: one cause, one row, however many systems fell with it. */
record OutageList(
        long now, Map<String, MonitoredSystem> catalogue, List<PublishedOutage> held, List<OutageRow> ranked) {

    private static final int MOST_ROWS = 6;
    private static final int MOST_ENDED = 12;
    private static final int MOST_NAMES = 3;
    static final int MOST_OF_TIMELINE = 500;
    private static final Comparator<OutageRow> LARGEST_FIRST = Comparator.comparing(
                    (OutageRow row) -> row.endedAt() != null)
            .thenComparing(OutageRow::planned)
            .thenComparing(OutageRow::known, Comparator.reverseOrder())
            .thenComparing(OutageRow::presumed, Comparator.reverseOrder())
            .thenComparing(OutageRow::atRisk, Comparator.reverseOrder())
            .thenComparing(OutageRow::startedAt, Comparator.reverseOrder())
            .thenComparing(OutageRow::outageId);

    static OutageList of(Snapshot snapshot) {
        long now = snapshot.now();
        List<PublishedOutage> held = snapshot.outages().values().stream()
                .filter(outage -> outage.outage().startedAt() <= now
                        && (!snapshot.past() || outage.outage().confirmedAt() <= now))
                .toList();
        List<OutageRow> rows = new ArrayList<>();
        for (PublishedOutage outage : held) {
            if (isRoot(outage)) {
                ImpactCounts hit =
                        snapshot.counts(Dimension.OUTAGE, outage.outage().id());
                rows.add(row(snapshot, held, outage, hit));
            }
        }
        rows.sort(LARGEST_FIRST);
        return new OutageList(now, snapshot.systems(), held, rows);
    }

    List<OutageRow> rows() {
        return List.copyOf(ranked.subList(0, Math.min(MOST_ROWS, ranked.size())));
    }

    int more() {
        return Math.max(0, ranked.size() - MOST_ROWS);
    }

    Systems systems() {
        SortedSet<String> unavailable = new TreeSet<>();
        int roots = 0;
        for (PublishedOutage outage : held) {
            if (outage.outage().holdsAt(now)) {
                unavailable.add(outage.outage().systemId());
                unavailable.addAll(outage.affectedSystems());
                roots += isRoot(outage) ? 1 : 0;
            }
        }
        return new Systems(unavailable.size(), catalogue.size(), roots);
    }

    /** Root causes that held at some time since: every open one, for by them a screen knows which is new, and those that ended last. */
    List<Band> bands(long since) {
        Set<OutageRow> ended = ranked.stream()
                .filter(row -> row.endedAt() != null && row.endedAt() > since)
                .sorted(Comparator.comparing(OutageRow::endedAt).reversed())
                .limit(MOST_ENDED)
                .collect(Collectors.toSet());
        return ranked.stream()
                .filter(row -> row.endedAt() == null || ended.contains(row))
                .map(row -> new Band(row.outageId(), row.name(), row.startedAt(), row.endedAt(), row.planned()))
                .toList();
    }

    /** Root causes that held at some time since, by their beginning: the newest, by their end. */
    static List<Timeline.Band> timeline(
            Collection<PublishedOutage> outages, Map<String, MonitoredSystem> catalogue, long since) {
        return outages.stream()
                .filter(OutageList::isRoot)
                .map(PublishedOutage::outage)
                .filter(outage -> outage.endedAt() > since)
                .sorted(Comparator.comparing(Outage::endedAt)
                        .thenComparing(Outage::startedAt)
                        .reversed()
                        .thenComparing(Outage::id))
                .limit(MOST_OF_TIMELINE)
                .sorted(Comparator.comparing(Outage::startedAt).thenComparing(Outage::id))
                .map(outage -> new Timeline.Band(
                        outage.id(),
                        name(catalogue, outage.systemId()),
                        outage.startedAt(),
                        outage.open() ? null : Long.valueOf(outage.endedAt()),
                        outage.planned(),
                        outage.confirmedAt()))
                .toList();
    }

    private static boolean isRoot(PublishedOutage outage) {
        return outage.rootCauses().contains(outage.outage().id())
                || outage.rootCauses().isEmpty();
    }

    private static OutageRow row(
            Snapshot snapshot, List<PublishedOutage> held, PublishedOutage root, ImpactCounts hit) {
        Outage outage = root.outage();
        SortedSet<String> follows = new TreeSet<>(root.affectedSystems());
        held.stream()
                .filter(other -> other.rootCauses().contains(outage.id()))
                .forEach(other -> follows.add(other.outage().systemId()));
        follows.remove(outage.systemId());
        boolean lasts = outage.holdsAt(snapshot.now());
        return new OutageRow(
                outage.id(),
                name(snapshot.systems(), outage.systemId()),
                outage.startedAt(),
                lasts ? null : Long.valueOf(outage.endedAt()),
                outage.planned(),
                outage.evidence().name(),
                follows.stream()
                        .limit(MOST_NAMES)
                        .map(systemId -> name(snapshot.systems(), systemId))
                        .toList(),
                follows.size(),
                hit.known(),
                hit.presumed(),
                hit.atRisk());
    }

    private static String name(Map<String, MonitoredSystem> catalogue, String systemId) {
        MonitoredSystem system = catalogue.get(systemId);
        return system == null ? systemId : system.name();
    }
}
