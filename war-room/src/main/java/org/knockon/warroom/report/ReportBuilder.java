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
import org.knockon.warroom.report.IncidentReport.Cause;
import org.knockon.warroom.report.IncidentReport.Event;
import org.knockon.warroom.report.IncidentReport.Figures;
import org.knockon.warroom.report.IncidentReport.Happening;
import org.knockon.warroom.report.IncidentReport.Origin;
import org.knockon.warroom.report.IncidentReport.Provenance;
import org.knockon.warroom.report.IncidentReport.Quality;
import org.knockon.warroom.report.IncidentReport.Recovery;
import org.knockon.warroom.report.IncidentReport.Row;
import org.knockon.warroom.report.IncidentReport.Site;
import org.knockon.warroom.report.IncidentReport.Summary;

/** Makes one report. Everything is sorted, so that the order in which records came leaves no trace. */
final class ReportBuilder {

    private static final Comparator<PublishedOutage> EARLIEST_FIRST = Comparator.comparing(
                    (PublishedOutage outage) -> outage.outage().startedAt())
            .thenComparing(outage -> outage.outage().id());

    private final BoardSnapshot standing;
    private final Origin origin;
    private final List<PublishedOutage> outages;
    private final ReportWords words;

    ReportBuilder(BoardSnapshot standing, Origin origin) {
        this.standing = standing;
        this.origin = origin;
        outages = standing.outages().stream().sorted(EARLIEST_FIRST).toList();
        words = new ReportWords(standing.zone());
    }

    IncidentReport make() {
        Summary summary = summary();
        List<Row> byCategory = rows(Dimension.CATEGORY);
        List<Row> bySpecialty = rows(Dimension.SPECIALTY);
        List<Row> byDay = rows(Dimension.SLOT_DAY_CATEGORY);
        return new IncidentReport(
                (origin.exercise() == null ? "" : "EXERCISE: ") + "Incident report: care postponed by IT outages",
                origin.exercise(),
                instant(standing.now()),
                standing.past(),
                standing.zone(),
                summary,
                timeline(),
                causes(),
                byCategory,
                bySpecialty,
                byDay,
                recovery(),
                quality(summary.figures(), Map.of("category", byCategory, "specialty", bySpecialty, "day", byDay)),
                ReportWords.METHOD,
                new Provenance(
                        origin.build(), origin.prefix(), standing.record().spans()));
    }

    private Summary summary() {
        SortedSet<String> systems = new TreeSet<>();
        SortedSet<String> services = new TreeSet<>();
        // An outage names the first of many only, and says how many there are.
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
        SiteNames names = new SiteNames(standing.services());
        for (String serviceId : services) {
            CareService service = standing.services().get(serviceId);
            if (service != null) {
                organisations.add(service.organisation());
                sites.add(service.site());
            }
        }
        List<RootCause> rootCauses = RootCause.of(outages);
        int roots = rootCauses.size();
        int planned = (int)
                rootCauses.stream().filter(root -> root.planned(standing.now())).count();
        long lastEnd = outages.stream()
                .mapToLong(outage -> outage.outage().endedAt())
                .max()
                .orElse(Long.MIN_VALUE);
        Instant from =
                outages.isEmpty() ? null : instant(outages.get(0).outage().startedAt());
        Instant to = outages.isEmpty() || lastEnd > standing.now() ? null : instant(lastEnd);
        Figures figures = figures(Cell.ALL);
        return new Summary(
                words.summary(instant(standing.now()), from, to, roots, planned, systemCount, serviceCount, figures),
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
            if (outage.outage().confirmedAt() <= standing.now()) {
                events.add(event(outage, outage.outage().confirmedAt(), Happening.CONFIRMED));
            }
            if (outage.outage().endedAt() <= standing.now()) {
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
                root.planned(standing.now()),
                outage.evidence().name(),
                root.follow().stream().map(this::name).toList(),
                root.published().affectedServicesTotal(),
                figures(new Cell(Dimension.SYSTEM, outage.systemId())));
    }

    private Instant ended(long at) {
        return at > standing.now() ? null : instant(at);
    }

    /** Cells that emptied are left out: nothing is known that they could say. */
    private List<Row> rows(Dimension dimension) {
        return standing.counts().entrySet().stream()
                .filter(cell -> cell.getKey().dimension() == dimension
                        && !cell.getValue().equals(ImpactCounts.ZERO))
                .map(cell -> new Row(cell.getKey().value(), Figures.of(cell.getValue())))
                .sorted(Comparator.comparing(Row::value))
                .toList();
    }

    private Recovery recovery() {
        ImpactCounts all = standing.counts().getOrDefault(Cell.ALL, ImpactCounts.ZERO);
        long dated = all.rebooked() + all.recovered();
        Long earliest = standing.backlog().earliest();
        Long latest = standing.backlog().latest();
        return new Recovery(
                words.outlook(standing.backlog()),
                earliest == null ? null : instant(earliest),
                latest == null ? null : instant(latest),
                dated == 0 ? null : Long.valueOf(all.delayMinutes() / dated));
    }

    private Quality quality(Figures total, Map<String, List<Row>> breakdowns) {
        List<String> problems = new ArrayList<>();
        for (FeedRow feed : standing.feeds()) {
            if (feed.silentSince() != null) {
                problems.add(words.silent(feed.monitor(), instant(feed.silentSince())));
            }
        }
        if (standing.moreFeeds() > 0) {
            problems.add(ReportWords.notFollowed(standing.moreFeeds()));
        }
        if (standing.past() && standing.countedUntil() == null) {
            problems.add(ReportWords.NO_HISTORY);
        }
        long unreadable = standing.record().unreadable();
        if (unreadable > 0) {
            problems.add(ReportWords.unreadable(unreadable));
        }
        new TreeMap<>(breakdowns).forEach((name, rows) -> {
            long known =
                    rows.stream().mapToLong(row -> row.figures().postponed()).sum();
            long presumed =
                    rows.stream().mapToLong(row -> row.figures().unconfirmed()).sum();
            if (known != total.postponed() || presumed != total.unconfirmed()) {
                problems.add(ReportWords.disagreement(name, known, presumed, total));
            }
        });
        return new Quality(
                List.copyOf(problems), orNull(standing.countedUntil()), orNull(standing.observedUntil()), unreadable);
    }

    private Figures figures(Cell cell) {
        return Figures.of(standing.counts().getOrDefault(cell, ImpactCounts.ZERO));
    }

    private String name(String systemId) {
        MonitoredSystem system = standing.systems().get(systemId);
        return system == null ? systemId : system.name();
    }

    private static Instant orNull(Long millis) {
        return millis == null ? null : instant(millis);
    }

    private static Instant instant(long millis) {
        return Instant.ofEpochMilli(millis);
    }
}
