package org.knockon.warroom.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.warroom.board.BoardSnapshot;
import org.knockon.warroom.board.RootCause;
import org.knockon.warroom.board.SiteNames;
import org.knockon.warroom.board.StatusHistory;
import org.knockon.warroom.board.StatusStretch;
import org.knockon.warroom.drill.OutageView.Service;
import org.knockon.warroom.drill.OutageView.StatusPeriod;
import org.knockon.warroom.page.BreakdownRow;
import org.knockon.warroom.page.Figures;
import org.knockon.warroom.page.PageHeader;
import org.knockon.warroom.page.Words;

/** Builds the view of one outage. */
public final class OutageViewBuilder {

    private static final long AROUND = Duration.ofHours(1).toMillis();

    private static final Comparator<Service> MOST_HIT_FIRST = Comparator.comparing(
                    (Service service) ->
                            service.figures() == null ? 0 : service.figures().postponed(),
                    Comparator.reverseOrder())
            .thenComparing(Service::serviceId);

    /** What monitors reported about a system. */
    @FunctionalInterface
    public interface StatusSource {
        /** Within [from, to], epoch milliseconds. */
        List<StatusStretch> statusHistory(String systemId, long from, long to);
    }

    private final BoardSnapshot snapshot;
    private final PageHeader head;
    private final PublishedOutage published;
    private final Outage outage;

    private OutageViewBuilder(BoardSnapshot snapshot, PageHeader head, PublishedOutage published) {
        this.snapshot = snapshot;
        this.head = head;
        this.published = published;
        outage = published.outage();
    }

    /** Empty if no outage with this id had begun or, for the past, been confirmed. */
    public static Optional<OutageView> build(
            String outageId, BoardSnapshot snapshot, PageHeader head, StatusSource statuses) {
        return find(outageId, snapshot)
                .map(published -> new OutageViewBuilder(snapshot, head, published).view(statuses));
    }

    static Optional<PublishedOutage> find(String outageId, BoardSnapshot snapshot) {
        return snapshot.outages().stream()
                .filter(published -> published.outage().id().equals(outageId))
                .findFirst();
    }

    private OutageView view(StatusSource statuses) {
        long end = Math.min(outage.endedAt(), snapshot.now());
        MonitoredSystem system = snapshot.systems().get(outage.systemId());
        List<StatusStretch> stretches = joined(
                statuses.statusHistory(
                        outage.systemId(), outage.startedAt() - AROUND, Math.min(end + AROUND, snapshot.now())),
                system == null ? 0 : system.monitoring().silenceAfter());
        OutageTree tree = new OutageTree(snapshot, published);
        List<Service> services = services();
        return new OutageView(
                head,
                outage.id(),
                outage.systemId(),
                system == null ? outage.systemId() : system.name(),
                RootCause.isOne(published),
                outage.planned(),
                outage.evidence().name(),
                Instant.ofEpochMilli(outage.startedAt()),
                detected(stretches, end),
                Instant.ofEpochMilli(outage.confirmedAt()),
                outage.endedAt() > snapshot.now() ? null : Instant.ofEpochMilli(outage.endedAt()),
                allBackAt(),
                tree.causes(),
                tree.follows(),
                stretches.stream()
                        .map(each -> new StatusPeriod(
                                each.monitor(),
                                each.status().name(),
                                Instant.ofEpochMilli(each.first()),
                                Instant.ofEpochMilli(each.last())))
                        .toList(),
                head.counted() ? figures(new Cell(Dimension.OUTAGE, outage.id())) : null,
                head.counted() && RootCause.isOne(published)
                        ? figures(new Cell(Dimension.SYSTEM, outage.systemId()))
                        : null,
                services,
                sums(services, Service::category),
                sums(services, Service::specialty),
                method(system));
    }

    private Instant allBackAt() {
        return RootCause.of(snapshot.outages()).stream()
                .filter(cause -> cause.outage().id().equals(outage.id()) && cause.endedAt() <= snapshot.now())
                .map(cause -> Instant.ofEpochMilli(cause.endedAt()))
                .findFirst()
                .orElse(null);
    }

    /**
     * Joins successive stretches of a monitor with the same status, unless the gap is so long that silence is evidence.
     */
    private static List<StatusStretch> joined(List<StatusStretch> stretches, long silence) {
        List<StatusStretch> joined = new ArrayList<>();
        Map<String, Integer> newest = new HashMap<>();
        for (StatusStretch each : stretches) {
            Integer place = newest.get(each.monitor());
            StatusStretch before = place == null ? null : joined.get(place);
            if (before != null && before.status() == each.status() && each.first() - before.last() <= silence) {
                joined.set(
                        place,
                        new StatusStretch(
                                each.monitor(), each.status(), before.first(), Math.max(before.last(), each.last())));
            } else {
                newest.put(each.monitor(), joined.size());
                joined.add(each);
            }
        }
        return joined;
    }

    /** The start of the outage at the earliest: a stretch may have begun before it. */
    private Instant detected(List<StatusStretch> stretches, long end) {
        return stretches.stream()
                .filter(each -> each.status().unavailable() && each.last() >= outage.startedAt() && each.first() <= end)
                .map(each -> Math.max(each.first(), outage.startedAt()))
                .min(Comparator.naturalOrder())
                .map(Instant::ofEpochMilli)
                .orElse(null);
    }

    private List<Service> services() {
        SiteNames names = new SiteNames(snapshot.services());
        List<Service> services = new ArrayList<>();
        for (String serviceId : published.affectedServices()) {
            CareService known = snapshot.services().get(serviceId);
            Figures figures = snapshot.past() ? null : figures(new Cell(Dimension.SERVICE, serviceId));
            services.add(
                    known == null
                            ? new Service(serviceId, serviceId, "", "", null, "", "UNKNOWN", figures)
                            : new Service(
                                    serviceId,
                                    known.name(),
                                    known.organisation(),
                                    known.site(),
                                    names.name(known.site()),
                                    known.specialty(),
                                    known.category().name(),
                                    figures));
        }
        services.sort(MOST_HIT_FIRST);
        return List.copyOf(services);
    }

    private List<BreakdownRow> sums(List<Service> services, Function<Service, String> by) {
        if (snapshot.past()) {
            return List.of();
        }
        Map<String, ImpactCounts> sums = new TreeMap<>();
        for (Service service : services) {
            sums.merge(by.apply(service), counts(new Cell(Dimension.SERVICE, service.serviceId())), ImpactCounts::plus);
        }
        return sums.entrySet().stream()
                .map(sum -> new BreakdownRow(sum.getKey(), Figures.of(sum.getValue())))
                .toList();
    }

    private Figures figures(Cell cell) {
        return Figures.of(counts(cell));
    }

    private ImpactCounts counts(Cell cell) {
        return snapshot.counts().getOrDefault(cell, ImpactCounts.ZERO);
    }

    private List<String> method(MonitoredSystem system) {
        List<String> sentences = new ArrayList<>();
        sentences.add(
                "The numbers of an outage count the appointments it affected. One appointment may be affected by several outages,"
                        + " so numbers of different outages must not be added. A dependent outage affects appointments while it"
                        + " lasts, even after its cause is over: the numbers with all dependents include these.");
        sentences.add(
                "Counts of a single outage by category or specialty are not kept; they are calculated when their page is"
                        + " requested. This page shows those of the care services that need this system, affected by any outage"
                        + (snapshot.past()
                                ? "; for the past it shows none, because no history of services is kept."
                                : "."));
        sentences.add(
                "A line of evidence is a period in which a monitor reported one status, without a gap so long that silence"
                        + " counts (at least "
                        + Duration.ofMillis(StatusHistory.MAX_GAP).toMinutes()
                        + " minutes). The page shows an hour before the outage to an hour after it, from the newest "
                        + Words.number(StatusHistory.MAX)
                        + " periods of the system; the free text of monitors is not kept.");
        if (system != null) {
            sentences.add("This system counts as down when no observation has arrived for longer than "
                    + Words.duration(Duration.ofMillis(system.monitoring().silenceAfter()))
                    + ", and an outage is confirmed once it has lasted "
                    + Words.duration(Duration.ofMillis(system.monitoring().confirmAfter())) + ".");
        }
        return List.copyOf(sentences);
    }
}
