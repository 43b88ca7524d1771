package org.knockon.warroom.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.warroom.board.BoardSnapshot;
import org.knockon.warroom.board.BoardView.FeedRow;
import org.knockon.warroom.board.RootCause;
import org.knockon.warroom.board.SiteNames;
import org.knockon.warroom.page.BreakdownRow;
import org.knockon.warroom.page.Figures;
import org.knockon.warroom.report.IncidentReport.Cause;
import org.knockon.warroom.report.IncidentReport.Event;
import org.knockon.warroom.report.IncidentReport.Happening;
import org.knockon.warroom.report.IncidentReport.Origin;
import org.knockon.warroom.report.IncidentReport.Provenance;
import org.knockon.warroom.report.IncidentReport.Quality;
import org.knockon.warroom.report.IncidentReport.Recovery;
import org.knockon.warroom.report.IncidentReport.Site;
import org.knockon.warroom.report.IncidentReport.Summary;

/** Builds one report. Everything is sorted, so that the report does not depend on the order of the records. */
final class ReportBuilder {

    private static final Comparator<PublishedOutage> EARLIEST_FIRST = Comparator.comparing(
                    (PublishedOutage outage) -> outage.outage().startedAt())
            .thenComparing(outage -> outage.outage().id());

    private final BoardSnapshot snapshot;
    private final Origin origin;
    private final List<PublishedOutage> outages;
    private final ReportText text;

    ReportBuilder(BoardSnapshot snapshot, Origin origin) {
        this.snapshot = snapshot;
        this.origin = origin;
        outages = snapshot.outages().stream().sorted(EARLIEST_FIRST).toList();
        text = new ReportText(snapshot.zone());
    }

    IncidentReport build() {
        Summary summary = summary();
        List<BreakdownRow> byCategory = rows(Dimension.CATEGORY);
        List<BreakdownRow> bySpecialty = rows(Dimension.SPECIALTY);
        List<BreakdownRow> byDay = rows(Dimension.SLOT_DAY_CATEGORY);
        return new IncidentReport(
                (origin.exercise() == null ? "" : "EXERCISE: ") + "Incident report: care postponed by IT outages",
                origin.exercise(),
                instant(snapshot.now()),
                snapshot.past(),
                snapshot.zone(),
                summary,
                timeline(),
                causes(),
                byCategory,
                bySpecialty,
                byDay,
                recovery(),
                quality(summary.figures(), Map.of("category", byCategory, "specialty", bySpecialty, "day", byDay)),
                ReportText.METHOD,
                new Provenance(origin.build(), origin.prefix(), snapshot.input().offsets()));
    }

    private Summary summary() {
        SortedSet<String> systems = new TreeSet<>();
        SortedSet<String> services = new TreeSet<>();
        // An outage lists only the first of many systems and services, with their total.
        int systemsAtLeast = 0;
        int servicesAtLeast = 0;
        for (PublishedOutage outage : outages) {
            systems.add(outage.outage().systemId());
            systems.addAll(outage.affectedSystems());
            services.addAll(outage.affectedServices());
            systemsAtLeast = Math.max(systemsAtLeast, 1 + outage.affectedSystemsTotal());
            servicesAtLeast = Math.max(servicesAtLeast, outage.affectedServicesTotal());
        }
        int systemCount = Math.max(systems.size(), systemsAtLeast);
        int serviceCount = Math.max(services.size(), servicesAtLeast);
        SortedSet<String> organisations = new TreeSet<>();
        SortedSet<String> sites = new TreeSet<>();
        SiteNames names = new SiteNames(snapshot.services());
        for (String serviceId : services) {
            CareService service = snapshot.services().get(serviceId);
            if (service != null) {
                organisations.add(service.organisation());
                sites.add(service.site());
            }
        }
        List<RootCause> rootCauses = RootCause.of(outages);
        int roots = rootCauses.size();
        int planned = (int)
                rootCauses.stream().filter(root -> root.planned(snapshot.now())).count();
        long lastEnd = outages.stream()
                .mapToLong(outage -> outage.outage().endedAt())
                .max()
                .orElse(Long.MIN_VALUE);
        Instant from =
                outages.isEmpty() ? null : instant(outages.get(0).outage().startedAt());
        Instant to = outages.isEmpty() || lastEnd > snapshot.now() ? null : instant(lastEnd);
        Figures figures = figures(Cell.ALL);
        return new Summary(
                text.summary(instant(snapshot.now()), from, to, roots, planned, systemCount, serviceCount, figures),
                figures,
                from,
                to,
                roots,
                planned,
                systemCount,
                serviceCount,
                List.copyOf(organisations),
                sites.stream().map(site -> new Site(site, names.name(site))).toList());
    }

    private List<Event> timeline() {
        List<Event> events = new ArrayList<>();
        for (PublishedOutage outage : outages) {
            events.add(event(outage, outage.outage().startedAt(), Happening.BEGAN));
            if (outage.outage().confirmedAt() <= snapshot.now()) {
                events.add(event(outage, outage.outage().confirmedAt(), Happening.CONFIRMED));
            }
            if (outage.outage().endedAt() <= snapshot.now()) {
                events.add(event(outage, outage.outage().endedAt(), Happening.ENDED));
            }
        }
        events.sort(Comparator.comparing(Event::at).thenComparing(Event::what).thenComparing(Event::outageId));
        return List.copyOf(events);
    }

    private Event event(PublishedOutage published, long at, Happening what) {
        Outage outage = published.outage();
        return new Event(
                instant(at),
                what,
                outage.id(),
                name(outage.systemId()),
                RootCause.isOne(published),
                outage.planned(),
                outage.evidence().name());
    }

    private List<Cause> causes() {
        return RootCause.of(outages).stream().map(this::cause).toList();
    }

    private Cause cause(RootCause root) {
        Outage outage = root.outage();
        return new Cause(
                outage.id(),
                outage.systemId(),
                name(outage.systemId()),
                instant(outage.startedAt()),
                ended(root.backAt()),
                ended(root.endedAt()),
                root.planned(snapshot.now()),
                outage.evidence().name(),
                root.follow().stream().map(this::name).toList(),
                root.published().affectedServicesTotal(),
                figures(new Cell(Dimension.SYSTEM, outage.systemId())));
    }

    private Instant ended(long at) {
        return at > snapshot.now() ? null : instant(at);
    }

    /** Empty cells are left out. */
    private List<BreakdownRow> rows(Dimension dimension) {
        return snapshot.counts().entrySet().stream()
                .filter(cell -> cell.getKey().dimension() == dimension
                        && !cell.getValue().equals(ImpactCounts.ZERO))
                .map(cell -> new BreakdownRow(cell.getKey().value(), Figures.of(cell.getValue())))
                .sorted(Comparator.comparing(BreakdownRow::value))
                .toList();
    }

    private Recovery recovery() {
        ImpactCounts all = snapshot.counts().getOrDefault(Cell.ALL, ImpactCounts.ZERO);
        long dated = all.rebooked() + all.recovered();
        Long earliest = snapshot.backlog().earliest();
        Long latest = snapshot.backlog().latest();
        return new Recovery(
                text.outlook(snapshot.backlog()),
                earliest == null ? null : instant(earliest),
                latest == null ? null : instant(latest),
                dated == 0 ? null : Long.valueOf(all.delayMinutes() / dated));
    }

    private Quality quality(Figures total, Map<String, List<BreakdownRow>> breakdowns) {
        List<String> problems = new ArrayList<>();
        for (FeedRow feed : snapshot.feeds()) {
            if (feed.silentSince() != null) {
                problems.add(text.silent(feed.monitor(), instant(feed.silentSince())));
            }
        }
        if (snapshot.moreFeeds() > 0) {
            problems.add(ReportText.notTracked(snapshot.moreFeeds()));
        }
        if (snapshot.past() && snapshot.countedUntil() == null) {
            problems.add(ReportText.NO_HISTORY);
        }
        long unreadable = snapshot.input().unreadable();
        if (unreadable > 0) {
            problems.add(ReportText.unreadable(unreadable));
        }
        new TreeMap<>(breakdowns).forEach((name, rows) -> {
            long postponed =
                    rows.stream().mapToLong(row -> row.figures().postponed()).sum();
            long unconfirmed =
                    rows.stream().mapToLong(row -> row.figures().unconfirmed()).sum();
            if (postponed != total.postponed() || unconfirmed != total.unconfirmed()) {
                problems.add(ReportText.disagreement(name, postponed, unconfirmed, total));
            }
        });
        return new Quality(
                List.copyOf(problems), orNull(snapshot.countedUntil()), orNull(snapshot.observedUntil()), unreadable);
    }

    private Figures figures(Cell cell) {
        return Figures.of(snapshot.counts().getOrDefault(cell, ImpactCounts.ZERO));
    }

    private String name(String systemId) {
        MonitoredSystem system = snapshot.systems().get(systemId);
        return system == null ? systemId : system.name();
    }

    private static Instant orNull(Long millis) {
        return millis == null ? null : instant(millis);
    }

    private static Instant instant(long millis) {
        return Instant.ofEpochMilli(millis);
    }
}
