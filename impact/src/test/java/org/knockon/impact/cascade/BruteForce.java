package org.knockon.impact.cascade;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.knockon.impact.interval.Intervals;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.impact.model.Requirement;

/** The rules of {@link Situation} in the most literal form: everything is derived from scratch, every time. */
final class BruteForce {

    final Map<String, MonitoredSystem> systems = new TreeMap<>();
    final Map<String, CareService> services = new TreeMap<>();
    final Map<String, Outage> outages = new TreeMap<>();

    private final Map<String, Set<String>> dependencies = new HashMap<>();

    BruteForce copy() {
        BruteForce copy = new BruteForce();
        copy.systems.putAll(systems);
        copy.services.putAll(services);
        copy.outages.putAll(outages);
        return copy;
    }

    void changed() {
        dependencies.clear();
    }

    /** The system itself and all its dependencies, direct or not. */
    private Set<String> needed(String systemId) {
        Set<String> known = dependencies.get(systemId);
        if (known == null) {
            known = new TreeSet<>();
            collect(systemId, known);
            dependencies.put(systemId, known);
        }
        return known;
    }

    private void collect(String systemId, Set<String> found) {
        if (systems.containsKey(systemId) && found.add(systemId)) {
            systems.get(systemId).dependsOn().forEach(next -> collect(next, found));
        }
    }

    List<Outage> outagesOf(String requiredSystem) {
        return outages.values().stream()
                .filter(outage -> needed(requiredSystem).contains(outage.systemId()))
                .toList();
    }

    Intervals unavailable(String requiredSystem) {
        return Intervals.union(outagesOf(requiredSystem).stream()
                .map(outage -> Intervals.of(outage.startedAt(), outage.endedAt()))
                .toList());
    }

    Intervals lost(CareService service) {
        return Intervals.union(service.requires().stream()
                .map(requirement -> unavailable(requirement.systemId()))
                .toList());
    }

    Intervals undeliverable(CareService service) {
        return Intervals.union(service.requires().stream()
                .map(requirement -> unavailable(requirement.systemId()).trimStart(requirement.tolerance()))
                .toList());
    }

    /** By start, then id. */
    List<Outage> outagesOf(CareService service) {
        Set<Outage> found =
                new TreeSet<>(Comparator.comparingLong(Outage::startedAt).thenComparing(Outage::id));
        for (Requirement requirement : service.requires()) {
            found.addAll(outagesOf(requirement.systemId()));
        }
        return List.copyOf(found);
    }

    private List<Outage> under(Outage outage) {
        return outages.values().stream()
                .filter(other -> !other.systemId().equals(outage.systemId())
                        && needed(outage.systemId()).contains(other.systemId())
                        && other.overlaps(outage)
                        && other.startedAt() <= outage.startedAt() + RootCauses.CAUSE_MAY_FOLLOW_WITHIN)
                .toList();
    }

    List<String> rootCauses(Outage outage) {
        Set<String> found = new TreeSet<>();
        for (Outage end : reached(outage)) {
            Collection<Outage> cycle = reached(end);
            if (cycle.stream().allMatch(other -> reached(other).contains(end))) {
                found.add(cycle.stream()
                        .min(Comparator.comparingLong(Outage::startedAt).thenComparing(Outage::systemId))
                        .orElseThrow()
                        .id());
            }
        }
        return List.copyOf(found);
    }

    private List<Outage> reached(Outage outage) {
        List<Outage> reached = new ArrayList<>(List.of(outage));
        for (int i = 0; i < reached.size(); i++) {
            for (Outage next : under(reached.get(i))) {
                if (!reached.contains(next)) {
                    reached.add(next);
                }
            }
        }
        return reached;
    }

    PublishedOutage published(Outage outage) {
        Set<String> dependents = new TreeSet<>();
        Set<String> affected = new TreeSet<>();
        for (String other : systems.keySet()) {
            if (needed(other).contains(outage.systemId()) && !other.equals(outage.systemId())) {
                dependents.add(other);
            }
        }
        for (CareService service : services.values()) {
            for (Requirement requirement : service.requires()) {
                if (needed(requirement.systemId()).contains(outage.systemId())) {
                    affected.add(service.serviceId());
                }
            }
        }
        return new PublishedOutage(outage, rootCauses(outage), List.copyOf(dependents), List.copyOf(affected));
    }

    Set<String> servicesLostAfter(long instant) {
        Set<String> found = new TreeSet<>();
        for (CareService service : services.values()) {
            Intervals lost = lost(service);
            if (!lost.isEmpty() && lost.end(lost.size() - 1) > instant) {
                found.add(service.serviceId());
            }
        }
        return found;
    }

    /**
     * The range in which assessments may differ between two situations; null if none may.
     */
    AffectedRange difference(BruteForce before, String serviceId) {
        CareService then = before.services.get(serviceId);
        CareService now = services.get(serviceId);
        if (then == null || now == null) {
            return then == now ? null : AffectedRange.all(serviceId);
        }
        if (!then.equals(now)) {
            return AffectedRange.all(serviceId);
        }
        List<Long> bounds = new ArrayList<>();
        Map<String, Outage> old = new HashMap<>();
        before.outagesOf(then).forEach(outage -> old.put(outage.id(), outage));
        for (Outage outage : outagesOf(now)) {
            Outage former = old.remove(outage.id());
            if (former == null) {
                bounds.addAll(List.of(outage.startedAt(), outage.endedAt()));
            } else if (!before.rootCauses(former).equals(rootCauses(outage))) {
                bounds.addAll(List.of(outage.startedAt(), former.endedAt(), outage.endedAt()));
            } else if (former.endedAt() != outage.endedAt()) {
                bounds.addAll(List.of(former.endedAt(), outage.endedAt()));
            }
        }
        old.values().forEach(gone -> bounds.addAll(List.of(gone.startedAt(), gone.endedAt())));
        for (Requirement requirement : now.requires()) {
            Intervals differing =
                    before.unavailable(requirement.systemId()).differing(unavailable(requirement.systemId()));
            if (!differing.isEmpty()) {
                bounds.addAll(List.of(differing.start(0), differing.end(differing.size() - 1)));
            }
        }
        if (bounds.isEmpty()) {
            return null;
        }
        long to = bounds.stream().max(Long::compare).orElseThrow();
        return new AffectedRange(
                serviceId,
                bounds.stream().min(Long::compare).orElseThrow(),
                Math.max(endOfTouching(before.lost(then), to), endOfTouching(lost(now), to)));
    }

    private static long endOfTouching(Intervals lost, long to) {
        long end = to;
        for (int i = 0; i < lost.size(); i++) {
            end = lost.start(i) <= to ? Math.max(to, lost.end(i)) : end;
        }
        return end;
    }
}
