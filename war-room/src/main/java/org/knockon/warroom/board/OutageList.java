package org.knockon.warroom.board;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
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

/** Root causes with what follows from each: one cause, one row, however many systems fell with it and however often. */
record OutageList(long now, Map<String, MonitoredSystem> catalogue, List<PublishedOutage> held, List<Ranked> ranked) {

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

    /** @param causes all of the row's system */
    record Ranked(OutageRow row, List<RootCause> causes) {}

    static OutageList of(Snapshot snapshot) {
        long now = snapshot.now();
        List<PublishedOutage> held = snapshot.outages().values().stream()
                .filter(outage -> outage.outage().startedAt() <= now
                        && (!snapshot.past() || outage.outage().confirmedAt() <= now))
                .toList();
        Map<String, List<RootCause>> bySystem = new TreeMap<>();
        for (RootCause cause : RootCause.of(held)) {
            bySystem.computeIfAbsent(cause.outage().systemId(), unknown -> new ArrayList<>())
                    .add(cause);
        }
        List<Ranked> ranked = new ArrayList<>();
        bySystem.forEach((systemId, causes) -> ranked.add(
                new Ranked(row(snapshot, causes, snapshot.counts(Dimension.SYSTEM, systemId)), List.copyOf(causes))));
        ranked.sort(Comparator.comparing(Ranked::row, LARGEST_FIRST));
        return new OutageList(now, snapshot.systems(), held, ranked);
    }

    List<OutageRow> rows() {
        return ranked.stream().limit(MOST_ROWS).map(Ranked::row).toList();
    }

    int more() {
        return Math.max(0, ranked.size() - MOST_ROWS);
    }

    Systems systems() {
        SortedSet<String> unavailable = new TreeSet<>();
        for (PublishedOutage outage : held) {
            if (outage.outage().holdsAt(now)) {
                unavailable.add(outage.outage().systemId());
                unavailable.addAll(outage.affectedSystems());
            }
        }
        int roots = (int)
                ranked.stream().filter(each -> each.row().endedAt() == null).count();
        return new Systems(unavailable.size(), catalogue.size(), roots);
    }

    /** Root causes that held at some time since: every one that is not over, for by them a screen knows which is new, and those that ended last. */
    List<Band> bands(long since) {
        List<Band> all = ranked.stream()
                .flatMap(each -> each.causes().stream())
                .map(cause -> new Band(
                        cause.outage().id(),
                        name(catalogue, cause.outage().systemId()),
                        cause.outage().startedAt(),
                        cause.endedAt() > now ? null : Long.valueOf(cause.endedAt()),
                        cause.outage().planned()))
                .toList();
        Set<Band> ended = all.stream()
                .filter(band -> band.to() != null && band.to() > since)
                .sorted(Comparator.comparing(Band::to).reversed())
                .limit(MOST_ENDED)
                .collect(Collectors.toSet());
        return all.stream()
                .filter(band -> band.to() == null || ended.contains(band))
                .toList();
    }

    /** Root causes that held at some time since, by their beginning: the newest, by their end. */
    static List<Timeline.Band> timeline(
            Collection<PublishedOutage> outages, Map<String, MonitoredSystem> catalogue, long since) {
        return RootCause.of(outages).stream()
                .filter(cause -> cause.endedAt() > since)
                .sorted(Comparator.comparing(RootCause::endedAt)
                        .thenComparing(cause -> cause.outage().startedAt())
                        .reversed()
                        .thenComparing(cause -> cause.outage().id()))
                .limit(MOST_OF_TIMELINE)
                .sorted(Comparator.comparing((RootCause cause) -> cause.outage().startedAt())
                        .thenComparing(cause -> cause.outage().id()))
                .map(cause -> new Timeline.Band(
                        cause.outage().id(),
                        name(catalogue, cause.outage().systemId()),
                        cause.outage().startedAt(),
                        cause.endedAt() == Outage.OPEN ? null : Long.valueOf(cause.endedAt()),
                        cause.outage().planned(),
                        cause.outage().confirmedAt()))
                .toList();
    }

    /** @param causes of one system, not none: the row is about the newest that is not over, else about the newest */
    private static OutageRow row(Snapshot snapshot, List<RootCause> causes, ImpactCounts hit) {
        long now = snapshot.now();
        RootCause cause = Collections.max(
                causes,
                Comparator.comparing((RootCause each) -> each.endedAt() > now)
                        .thenComparing(each -> each.outage().startedAt()));
        Outage outage = cause.outage();
        boolean lasts = cause.endedAt() > now;
        SortedSet<String> follow = lasts ? cause.follow(now) : cause.follow();
        return new OutageRow(
                outage.id(),
                name(snapshot.systems(), outage.systemId()),
                outage.startedAt(),
                outage.endedAt() > now ? null : Long.valueOf(outage.endedAt()),
                lasts ? null : Long.valueOf(cause.endedAt()),
                outage.planned(),
                outage.evidence().name(),
                follow.stream()
                        .limit(MOST_NAMES)
                        .map(systemId -> name(snapshot.systems(), systemId))
                        .toList(),
                follow.size(),
                causes.size() - 1,
                hit.known(),
                hit.presumed(),
                hit.atRisk());
    }

    private static String name(Map<String, MonitoredSystem> catalogue, String systemId) {
        MonitoredSystem system = catalogue.get(systemId);
        return system == null ? systemId : system.name();
    }
}
