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

/**
 * Root causes with their dependents. One system has one row, however many systems it took down and however often it
 * failed.
 */
record OutageList(long now, Map<String, MonitoredSystem> catalogue, List<PublishedOutage> held, List<Ranked> ranked) {

    private static final int MAX_ROWS = 6;
    private static final int MAX_ENDED = 12;
    private static final int MAX_NAMES = 3;
    static final int MAX_OF_TIMELINE = 500;
    private static final Comparator<OutageRow> LARGEST_FIRST = Comparator.comparing(
                    (OutageRow row) -> row.endedAt() != null)
            .thenComparing(OutageRow::planned)
            .thenComparing(OutageRow::postponed, Comparator.reverseOrder())
            .thenComparing(OutageRow::unconfirmed, Comparator.reverseOrder())
            .thenComparing(OutageRow::atRisk, Comparator.reverseOrder())
            .thenComparing(OutageRow::startedAt, Comparator.reverseOrder())
            .thenComparing(OutageRow::outageId);

    /** @param causes all outages in which the row's system is a root cause */
    record Ranked(OutageRow row, List<RootCause> causes) {}

    static OutageList of(BoardViewBuilder builder) {
        long now = builder.now();
        List<PublishedOutage> held = builder.outages().values().stream()
                .filter(outage -> outage.outage().startedAt() <= now
                        && (!builder.past() || outage.outage().confirmedAt() <= now))
                .toList();
        Map<String, List<RootCause>> bySystem = new TreeMap<>();
        for (RootCause cause : RootCause.of(held)) {
            bySystem.computeIfAbsent(cause.outage().systemId(), unknown -> new ArrayList<>())
                    .add(cause);
        }
        List<Ranked> ranked = new ArrayList<>();
        bySystem.forEach((systemId, causes) -> ranked.add(
                new Ranked(row(builder, causes, builder.counts(Dimension.SYSTEM, systemId)), List.copyOf(causes))));
        ranked.sort(Comparator.comparing(Ranked::row, LARGEST_FIRST));
        return new OutageList(now, builder.systems(), held, ranked);
    }

    List<OutageRow> rows() {
        return ranked.stream().limit(MAX_ROWS).map(Ranked::row).toList();
    }

    int more() {
        return Math.max(0, ranked.size() - MAX_ROWS);
    }

    Systems systems() {
        SortedSet<String> unavailable = new TreeSet<>();
        int atLeast = 0;
        for (PublishedOutage outage : held) {
            if (outage.outage().holdsAt(now)) {
                unavailable.add(outage.outage().systemId());
                unavailable.addAll(outage.affectedSystems());
                atLeast = Math.max(atLeast, 1 + outage.affectedSystemsTotal());
            }
        }
        int roots = (int)
                ranked.stream().filter(each -> each.row().endedAt() == null).count();
        return new Systems(Math.max(unavailable.size(), atLeast), catalogue.size(), roots);
    }

    /**
     * Root causes that lasted at some time since: all that are not over, from which a screen knows which ones are new,
     * and those that ended last.
     */
    List<Band> bands(long since) {
        List<Band> all = ranked.stream()
                .flatMap(each -> each.causes().stream())
                .map(cause -> new Band(
                        cause.outage().id(),
                        name(catalogue, cause.outage().systemId()),
                        cause.outage().startedAt(),
                        ended(cause.backAt()),
                        ended(cause.endedAt()),
                        cause.planned(now)))
                // Open ones first: a chart has room for few.
                .sorted(Comparator.comparing(band -> band.to() != null))
                .toList();
        Set<Band> ended = all.stream()
                .filter(band -> band.to() != null && band.to() > since)
                .sorted(Comparator.comparing(Band::to).reversed())
                .limit(MAX_ENDED)
                .collect(Collectors.toSet());
        return all.stream()
                .filter(band -> band.to() == null || ended.contains(band))
                .toList();
    }

    /**
     * Root causes that lasted at some time since, sorted by start. If there are too many, those that ended last are
     * kept.
     *
     * @param now null before the first event
     */
    static List<Timeline.Band> timeline(
            Collection<PublishedOutage> outages, Map<String, MonitoredSystem> catalogue, long since, Long now) {
        return RootCause.of(outages).stream()
                .filter(cause -> cause.endedAt() > since)
                .filter(cause -> now == null || cause.outage().startedAt() <= now)
                .sorted(Comparator.comparing(RootCause::endedAt)
                        .thenComparing(cause -> cause.outage().startedAt())
                        .reversed()
                        .thenComparing(cause -> cause.outage().id()))
                .limit(MAX_OF_TIMELINE)
                .sorted(Comparator.comparing((RootCause cause) -> cause.outage().startedAt())
                        .thenComparing(cause -> cause.outage().id()))
                .map(cause -> new Timeline.Band(
                        cause.outage().id(),
                        name(catalogue, cause.outage().systemId()),
                        cause.outage().startedAt(),
                        closed(cause.backAt()),
                        closed(cause.endedAt()),
                        now == null ? cause.outage().planned() : cause.planned(now),
                        cause.outage().confirmedAt()))
                .toList();
    }

    private Long ended(long at) {
        return at > now ? null : Long.valueOf(at);
    }

    private static Long closed(long at) {
        return at == Outage.OPEN ? null : Long.valueOf(at);
    }

    /** @param causes of one system, not empty: the row covers all that are not over or, if all are over, the newest */
    private static OutageRow row(BoardViewBuilder builder, List<RootCause> causes, ImpactCounts hit) {
        long now = builder.now();
        RootCause newest = Collections.max(
                causes, Comparator.comparing((RootCause each) -> each.outage().startedAt()));
        List<RootCause> last =
                causes.stream().filter(each -> each.endedAt() > now).toList();
        boolean lasts = !last.isEmpty();
        List<RootCause> about = lasts ? last : List.of(newest);
        RootCause shown = Collections.max(
                about, Comparator.comparing((RootCause each) -> each.outage().startedAt()));
        long backAt = about.stream().mapToLong(RootCause::backAt).max().orElseThrow();
        Long firstOther = causes.stream()
                .filter(each -> !about.contains(each))
                .map(each -> each.outage().startedAt())
                .min(Comparator.naturalOrder())
                .orElse(null);
        SortedSet<String> follow = new TreeSet<>();
        int followCount = 0;
        for (RootCause each : about) {
            follow.addAll(lasts ? each.follow(now) : each.follow());
            followCount = Math.max(followCount, each.followCount(lasts ? now : Long.MIN_VALUE));
        }
        return new OutageRow(
                shown.outage().id(),
                name(builder.systems(), shown.outage().systemId()),
                about.stream()
                        .mapToLong(each -> each.outage().startedAt())
                        .min()
                        .orElseThrow(),
                backAt > now ? null : Long.valueOf(backAt),
                lasts ? null : Long.valueOf(shown.endedAt()),
                about.stream().allMatch(each -> each.planned(now)),
                shown.outage().evidence().name(),
                follow.stream()
                        .limit(MAX_NAMES)
                        .map(systemId -> name(builder.systems(), systemId))
                        .toList(),
                Math.max(follow.size(), followCount),
                causes.size() - about.size(),
                firstOther,
                hit.postponed(),
                hit.unconfirmed(),
                hit.atRisk());
    }

    private static String name(Map<String, MonitoredSystem> catalogue, String systemId) {
        MonitoredSystem system = catalogue.get(systemId);
        return system == null ? systemId : system.name();
    }
}
