package org.knockon.oracle;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;

/** The causes of an outage and what it affects (9, 10). */
final class Cascade {

    /** Monitors may see effects first: a cause may start this much later than its effect. */
    private static final long CAUSE_MAY_LAG = Duration.ofMinutes(15).toMillis();

    private final Dependencies dependencies;
    private final Collection<CareService> services;
    private final Map<Outage, Set<Outage>> under = new HashMap<>();
    private final Map<Outage, Set<Outage>> reached = new HashMap<>();

    Cascade(Dependencies dependencies, Collection<CareService> services, Map<String, List<Outage>> outagesBySystem) {
        this.dependencies = dependencies;
        this.services = services;
        List<Outage> all =
                outagesBySystem.values().stream().flatMap(List::stream).toList();
        for (Outage outage : all) {
            Set<String> beneath = dependencies.dependenciesOf(outage.systemId());
            under.put(
                    outage,
                    all.stream()
                            .filter(other -> beneath.contains(other.systemId())
                                    && other.overlaps(outage)
                                    && other.startedAt() <= outage.startedAt() + CAUSE_MAY_LAG)
                            .collect(Collectors.toSet()));
        }
        for (Outage outage : all) {
            reached.put(outage, reachedFrom(outage));
        }
    }

    PublishedOutage publish(Outage outage) {
        SortedSet<String> dependents = dependencies.dependentsOf(outage.systemId());
        Set<String> affectedSystems = new TreeSet<>(dependents);
        affectedSystems.add(outage.systemId());
        List<String> affectedServices = services.stream()
                .filter(service -> service.requires().stream()
                        .anyMatch(requirement -> affectedSystems.contains(requirement.systemId())))
                .map(CareService::serviceId)
                .sorted()
                .toList();
        List<String> rootCauses =
                rootCauses(outage).stream().map(Outage::id).sorted().toList();
        return new PublishedOutage(
                outage,
                PublishedList.publishedPartOf(rootCauses),
                rootCauses.size(),
                PublishedList.publishedPartOf(List.copyOf(dependents)),
                dependents.size(),
                PublishedList.publishedPartOf(affectedServices),
                affectedServices.size());
    }

    /**
     * The earliest outage of each cycle that leads nowhere else. A single outage with none under it is such a cycle.
     */
    Set<Outage> rootCauses(Outage outage) {
        return reached.get(outage).stream()
                .filter(this::leadsNowhereElse)
                .map(end -> reached.get(end).stream()
                        .min(Comparator.comparingLong(Outage::startedAt).thenComparing(Outage::systemId))
                        .orElseThrow())
                .collect(Collectors.toSet());
    }

    /** Whether all outages that it reaches reach it too. */
    private boolean leadsNowhereElse(Outage outage) {
        return reached.get(outage).stream().allMatch(other -> reached.get(other).contains(outage));
    }

    /** All outages that following <i>under</i> reaches, including the outage itself. */
    private Set<Outage> reachedFrom(Outage outage) {
        Set<Outage> seen = new LinkedHashSet<>(List.of(outage));
        Deque<Outage> toVisit = new ArrayDeque<>(seen);
        while (!toVisit.isEmpty()) {
            for (Outage next : under.get(toVisit.remove())) {
                if (seen.add(next)) {
                    toVisit.add(next);
                }
            }
        }
        return seen;
    }
}
