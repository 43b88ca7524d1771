package org.knockon.warroom.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.impact.model.SystemStatus;
import org.knockon.warroom.board.BoardSnapshot;
import org.knockon.warroom.board.RootCause;
import org.knockon.warroom.board.SiteNames;
import org.knockon.warroom.board.StatusHistory;
import org.knockon.warroom.board.StatusStretch;
import org.knockon.warroom.drill.OutageView.Heard;
import org.knockon.warroom.drill.OutageView.Service;
import org.knockon.warroom.page.PageHeader;
import org.knockon.warroom.report.IncidentReport.Figures;
import org.knockon.warroom.report.IncidentReport.Row;
import org.knockon.warroom.report.ReportWords;

/** Makes the view of one outage. */
public final class OutageViewBuilder {

    private static final long AROUND = Duration.ofHours(1).toMillis();
    private static final Set<SystemStatus> UNAVAILABLE = Set.of(SystemStatus.DOWN, SystemStatus.MAINTENANCE);
    private static final Comparator<Service> MOST_HIT_FIRST = Comparator.comparing(
                    (Service service) ->
                            service.figures() == null ? 0 : service.figures().postponed(),
                    Comparator.reverseOrder())
            .thenComparing(Service::serviceId);

    /** Tells what monitors said of a system. */
    @FunctionalInterface
    public interface Memory {
        /** Within [from, to], epoch milliseconds. */
        List<StatusStretch> said(String systemId, long from, long to);
    }

    private final BoardSnapshot standing;
    private final PageHeader head;
    private final PublishedOutage published;
    private final Outage outage;

    private OutageViewBuilder(BoardSnapshot standing, PageHeader head, PublishedOutage published) {
        this.standing = standing;
        this.head = head;
        this.published = published;
        outage = published.outage();
    }

    /** Empty where no outage of this id had begun; of the past, where none had been confirmed. */
    public static Optional<OutageView> make(String outageId, BoardSnapshot standing, PageHeader head, Memory memory) {
        return find(outageId, standing).map(published -> new OutageViewBuilder(standing, head, published).view(memory));
    }

    static Optional<PublishedOutage> find(String outageId, BoardSnapshot standing) {
        return standing.outages().stream()
                .filter(published -> published.outage().id().equals(outageId))
                .findFirst();
    }

    private OutageView view(Memory memory) {
        long end = Math.min(outage.endedAt(), standing.now());
        MonitoredSystem system = standing.systems().get(outage.systemId());
        List<StatusStretch> said = joined(
                memory.said(outage.systemId(), outage.startedAt() - AROUND, Math.min(end + AROUND, standing.now())),
                system == null ? 0 : system.monitoring().silenceAfter());
        OutageTree tree = new OutageTree(standing, published);
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
                detected(said, end),
                Instant.ofEpochMilli(outage.confirmedAt()),
                outage.endedAt() > standing.now() ? null : Instant.ofEpochMilli(outage.endedAt()),
                allBackAt(),
                tree.causes(),
                tree.follows(),
                said.stream()
                        .map(each -> new Heard(
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
        return RootCause.of(standing.outages()).stream()
                .filter(cause -> cause.outage().id().equals(outage.id()) && cause.endedAt() <= standing.now())
                .map(cause -> Instant.ofEpochMilli(cause.endedAt()))
                .findFirst()
                .orElse(null);
    }

    /** What a monitor said next, and the same, goes on, where it was not silent for so long that silence is evidence. */
    private static List<StatusStretch> joined(List<StatusStretch> said, long silence) {
        List<StatusStretch> joined = new ArrayList<>();
        Map<String, Integer> newest = new HashMap<>();
        for (StatusStretch each : said) {
            Integer place = newest.get(each.monitor());
            StatusStretch before = place == null ? null : joined.get(place);
            if (before != null && before.status() == each.status() && each.first() - before.last() <= silence) {
                joined.set(
                        place,
                        new StatusStretch(each.monitor(), each.status(), before.first(), Math.max(before.last(), each.last())));
            } else {
                newest.put(each.monitor(), joined.size());
                joined.add(each);
            }
        }
        return joined;
    }

    /** A stretch may have begun before the outage; it was seen when it began, not before. */
    private Instant detected(List<StatusStretch> said, long end) {
        return said.stream()
                .filter(each ->
                        UNAVAILABLE.contains(each.status()) && each.last() >= outage.startedAt() && each.first() <= end)
                .map(each -> Math.max(each.first(), outage.startedAt()))
                .min(Comparator.naturalOrder())
                .map(Instant::ofEpochMilli)
                .orElse(null);
    }

    private List<Service> services() {
        SiteNames names = new SiteNames(standing.services());
        List<Service> services = new ArrayList<>();
        for (String serviceId : published.affectedServices()) {
            CareService known = standing.services().get(serviceId);
            Figures figures = standing.past() ? null : figures(new Cell(Dimension.SERVICE, serviceId));
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

    private List<Row> sums(List<Service> services, Function<Service, String> by) {
        if (standing.past()) {
            return List.of();
        }
        Map<String, ImpactCounts> sums = new TreeMap<>();
        for (Service service : services) {
            sums.merge(by.apply(service), counts(new Cell(Dimension.SERVICE, service.serviceId())), ImpactCounts::plus);
        }
        return sums.entrySet().stream()
                .map(sum -> new Row(sum.getKey(), Figures.of(sum.getValue())))
                .toList();
    }

    private Figures figures(Cell cell) {
        return Figures.of(counts(cell));
    }

    private ImpactCounts counts(Cell cell) {
        return standing.counts().getOrDefault(cell, ImpactCounts.ZERO);
    }

    private List<String> method(MonitoredSystem system) {
        List<String> sentences = new ArrayList<>();
        sentences.add(
                "The numbers of an outage are the appointments it had a part in. One appointment may be hit by several,"
                        + " so numbers of outages are not to be added up. An outage that follows from another has a part in what"
                        + " happens while it lasts, also once the other is over: those are counted with all that follows.");
        sentences.add(
                "No counts by category or specialty are kept for one outage alone: they are added up when their page is asked for."
                        + " What is shown here are those of the care services that need this system, by whatever outage they were hit"
                        + (standing.past() ? ", and none for the past, for no history of services is kept." : "."));
        sentences.add(
                "A line of evidence is a stretch in which a monitor said the same, and was not silent for so long that silence"
                        + " counts (never less than "
                        + Duration.ofMillis(StatusHistory.SAME_STRETCH).toMinutes()
                        + " minutes). Shown is from an hour before the outage to an hour after it, of the newest "
                        + ReportWords.number(StatusHistory.MOST)
                        + " stretches of the system; what monitors add in their own words is not kept.");
        if (system != null) {
            sentences.add("This system counts as down when nothing was heard of it for longer than "
                    + ReportWords.duration(Duration.ofMillis(system.monitoring().silenceAfter()))
                    + ", and an outage is confirmed when it has lasted "
                    + ReportWords.duration(Duration.ofMillis(system.monitoring().confirmAfter())) + ".");
        }
        return List.copyOf(sentences);
    }
}
