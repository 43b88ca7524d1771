package org.knockon.impact.cascade;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.knockon.impact.model.CappedList;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.impact.model.Requirement;

/**
 * The current state: catalogue, outages and clock. Every result depends on the content alone, not on the order in which
 * it arrived. A change is cheap; {@link #settle} then computes for all changes together which time ranges of which
 * services they affect, in as many turns as the caller likes. Mutable, for one thread.
 */
public final class Situation {

    /** {@link #now()} before the first clock tick. */
    public static final long NO_CLOCK = Long.MIN_VALUE;

    private final Catalogue catalogue = new Catalogue();
    private final DependencyPaths paths = catalogue.paths();
    private final OutageIndex outages = new OutageIndex();
    private final RootCauses rootCauses = new RootCauses(paths, outages);
    private final Availabilities availabilities = new Availabilities(paths, outages, rootCauses);
    private final ChangeSpread changes = new ChangeSpread(paths);
    private final ArrayDeque<ServiceNode> unsettled = new ArrayDeque<>();
    private final Set<KnownOutage> toPublish = new LinkedHashSet<>();
    /** Outages of these systems, and of their dependencies, affect other systems or services than before. */
    private final Set<SystemNode> withOtherDependents = new LinkedHashSet<>();

    private long now = NO_CLOCK;

    public Catalogue catalogue() {
        return catalogue;
    }

    /** Event time, epoch milliseconds. */
    public long now() {
        return now;
    }

    /** Advances the clock, which never goes back. Returns whether it changed. */
    public boolean advance(long instant) {
        if (instant <= now) {
            return false;
        }
        now = instant;
        return true;
    }

    /**
     * Restores a stored situation into an empty one. This affects no services, because the caller has assessed them
     * before.
     */
    public void restore(
            Collection<MonitoredSystem> systems,
            Collection<CareService> services,
            Collection<Outage> known,
            long clock) {
        systems.forEach(catalogue::add);
        services.forEach(catalogue::put);
        known.forEach(outage -> outages.put(new KnownOutage(catalogue.nodeOrNew(outage.systemId()), outage)));
        now = clock;
    }

    /** Restores a change that was not settled before a restart. The affected range may be wider than necessary. */
    public void restore(Unsettled change) {
        SystemNode node = catalogue.node(change.systemId());
        if (node != null) {
            // If the change made an outage shorter, the outage ends where the change starts.
            long from = change.from() == Long.MIN_VALUE ? Long.MIN_VALUE : change.from() - 1;
            pathsChanged(node, from, change.to());
            if (!node.present()) {
                node.dependents.forEach(dependent -> pathsChanged(dependent, from, change.to()));
            }
        }
    }

    /** Returns the change to settle; null if it affects nothing, such as a new name or a dependency without outages. */
    public Unsettled put(MonitoredSystem system) {
        SystemNode node = catalogue.node(system.systemId());
        if (node == null || !node.present()) {
            catalogue.add(system);
            SystemNode added = catalogue.node(system.systemId());
            withOtherDependents.add(added);
            return pathsChanged(added, List.of(added), new OutageSpan());
        }
        List<SystemNode> gone = Catalogue.dependenciesWithout(node, system.dependsOn());
        List<String> missing = Catalogue.missingDependencies(node, system.dependsOn());
        OutageSpan span = new OutageSpan();
        if (!gone.isEmpty()) {
            spreadChanges();
            paths.walkDown(gone, span::include);
            gone.forEach(dependency -> catalogue.removeDependency(node, dependency));
            withOtherDependents.addAll(gone);
        }
        catalogue.describe(node, system);
        List<SystemNode> added = new ArrayList<>();
        for (String dependency : missing) {
            catalogue.addDependency(node, dependency);
            added.add(catalogue.node(dependency));
        }
        withOtherDependents.addAll(added);
        return pathsChanged(node, added, span);
    }

    /** Returns the change to settle; null if it affects nothing. */
    public Unsettled removeSystem(String systemId) {
        SystemNode node = catalogue.node(systemId);
        if (node == null || !node.present()) {
            return null;
        }
        spreadChanges();
        OutageSpan span = new OutageSpan();
        paths.walkDown(List.of(node), span::include);
        withOtherDependents.addAll(node.dependsOn);
        toPublish.addAll(node.outages.all());
        List<SystemNode> dependents = List.copyOf(node.dependents);
        catalogue.remove(node);
        if (span.isEmpty()) {
            return null;
        }
        dependents.forEach(dependent -> pathsChanged(dependent, span.from(), span.to()));
        return pathsChanged(node, span.from(), span.to());
    }

    /** Returns the affected range; null if the change affects nothing. */
    public AffectedRange put(CareService service) {
        CareService before = catalogue.service(service.serviceId());
        requirementsChanged(before, service);
        ServiceNode node = catalogue.put(service);
        if (before != null && !AffectedRange.differ(before, service)) {
            node.known = node.known == null ? null : node.known.of(service);
            return null;
        }
        node.known = null;
        return AffectedRange.all(node.id);
    }

    /** Returns the affected range; null if the service is unknown. */
    public AffectedRange removeService(String serviceId) {
        ServiceNode node = catalogue.serviceNode(serviceId);
        if (node == null) {
            return null;
        }
        requirementsChanged(node.service, null);
        catalogue.remove(node);
        return AffectedRange.all(serviceId);
    }

    /** Returns the change to settle; null if it affects nothing. */
    public Unsettled put(Outage outage) {
        SystemNode node = catalogue.nodeOrNew(outage.systemId());
        KnownOutage former = node.outages.get(outage.startedAt());
        if (former != null && former.outage.equals(outage)) {
            return null;
        }
        KnownOutage known = new KnownOutage(node, outage);
        outages.put(known);
        toPublish.add(known);
        boolean sameEnd = former != null && former.endedAt() == outage.endedAt();
        if (former != null && former.caused != null) {
            known.caused = new ServiceAvailability.CausedOutage(outage, former.id(), former.caused.rootCauses());
            known.stale = !sameEnd || former.stale;
        }
        if (sameEnd && former.explained()) {
            changes.add(node, outage.startedAt());
            return null;
        }
        if (former != null) {
            rootCauses.changed(former);
        }
        rootCauses.changed(known);
        long from = former == null ? outage.startedAt() : Math.min(former.endedAt(), outage.endedAt());
        long to = former == null ? outage.endedAt() : Math.max(former.endedAt(), outage.endedAt());
        changes.add(node, outage.startedAt(), from, to);
        return new Unsettled(node.id, from, to);
    }

    /** Returns the change to settle; null if the outage is unknown. */
    public Unsettled removeOutage(String systemId, long startedAt) {
        SystemNode node = catalogue.node(systemId);
        KnownOutage former = node == null ? null : outages.remove(node, startedAt);
        if (former == null) {
            return null;
        }
        rootCauses.changed(former);
        changes.add(node, startedAt, startedAt, former.endedAt());
        catalogue.release(node);
        return new Unsettled(systemId, startedAt, former.endedAt());
    }

    /** Whether all changes so far are settled. */
    public boolean settled() {
        return unsettled.isEmpty() && changes.isEmpty() && !rootCauses.pending();
    }

    /**
     * Computes the ranges that the changes so far affect.
     *
     * @param stop whether to stop for now; called after each service
     * @param affected receives the ranges
     * @return whether all changes are settled
     */
    public boolean settle(BooleanSupplier stop, Consumer<AffectedRange> affected) {
        spreadChanges();
        while (!unsettled.isEmpty()) {
            ServiceNode node = unsettled.remove();
            long from = node.from;
            long to = node.to;
            node.from = Long.MAX_VALUE;
            node.to = Long.MIN_VALUE;
            node.unsettled = false;
            if (node.service != null) {
                affected.accept(AffectedRange.extended(
                        node.id, from, to, availabilities.of(node).lost()));
            }
            if (stop.getAsBoolean()) {
                break;
            }
        }
        return unsettled.isEmpty();
    }

    /** Null if the service is not in the catalogue. */
    public ServiceAvailability availability(String serviceId) {
        spreadChanges();
        ServiceNode node = catalogue.serviceNode(serviceId);
        return node == null ? null : availabilities.of(node);
    }

    /**
     * Services with an outage of a system they need, or of its dependencies, that ends after the instant; in no
     * particular order.
     */
    public List<String> servicesLostAfter(long instant) {
        Set<SystemNode> systems = new LinkedHashSet<>();
        outages.endingAfter(instant).forEach(known -> systems.add(known.node));
        Set<String> found = new LinkedHashSet<>();
        paths.walkUp(systems, node -> node.requiredBy.forEach(service -> found.add(service.id)));
        return List.copyOf(found);
    }

    /** Outages whose {@link #published} value may have changed since this was last called. */
    public List<Outage> changedOutages() {
        spreadChanges();
        if (outages.size() > 0) {
            paths.walkDown(withOtherDependents, node -> toPublish.addAll(node.outages.all()));
        }
        withOtherDependents.clear();
        List<Outage> changed = new ArrayList<>();
        for (KnownOutage known : toPublish) {
            if (known.node.outages.get(known.startedAt()) == known) {
                changed.add(known.outage);
            }
        }
        toPublish.clear();
        return changed;
    }

    /** Whether {@link #changedOutages} may return an outage. */
    public boolean hasChangedOutages() {
        return !toPublish.isEmpty() || !withOtherDependents.isEmpty() || rootCauses.pending();
    }

    /** An outage with its cascade. @param outage a known outage */
    public PublishedOutage published(Outage outage) {
        spreadChanges();
        SystemNode node = catalogue.node(outage.systemId());
        KnownOutage known = node.outages.get(outage.startedAt());
        return PublishedOutage.of(
                known.outage,
                CappedList.of(rootCauses.explain(known).rootCauses()),
                CappedList.of(catalogue.dependentSystems(node)),
                CappedList.of(catalogue.dependentServices(node)));
    }

    /** Work done so far by kind, for tests of its growth. */
    Work work() {
        return new Work(rootCauses.explanations(), availabilities.derivations(), paths.searches());
    }

    record Work(long explanations, long derivations, long searches) {}

    private Unsettled pathsChanged(SystemNode node, List<SystemNode> added, OutageSpan span) {
        if (outages.size() > 0) {
            paths.walkDown(added, span::include);
        }
        return span.isEmpty() ? null : pathsChanged(node, span.from(), span.to());
    }

    private Unsettled pathsChanged(SystemNode node, long from, long to) {
        rootCauses.changed(node, from, to);
        changes.add(node, from, from, to);
        return new Unsettled(node.id, from, to);
    }

    /** Marks the systems that only one of the two requires: their outages affect other services than before. */
    private void requirementsChanged(CareService before, CareService after) {
        Set<String> required = requiredBy(before);
        Set<String> different = new HashSet<>(requiredBy(after));
        for (String systemId : required) {
            if (!different.remove(systemId)) {
                different.add(systemId);
            }
        }
        for (String systemId : different) {
            withOtherDependents.add(catalogue.nodeOrNew(systemId));
        }
    }

    private static Set<String> requiredBy(CareService service) {
        Set<String> required = new TreeSet<>();
        if (service != null) {
            for (Requirement requirement : service.requires()) {
                required.add(requirement.systemId());
            }
        }
        return required;
    }

    /** Propagates the changes so far along the current dependencies. Call it before a dependency is removed. */
    private void spreadChanges() {
        if (changes.isEmpty() && !rootCauses.pending()) {
            return;
        }
        for (KnownOutage known : rootCauses.refresh()) {
            toPublish.add(known);
            changes.add(known.node, known.startedAt(), known.startedAt(), known.endedAt());
        }
        availabilities.changed();
        changes.spread(node -> {
            if (!node.unsettled) {
                node.unsettled = true;
                unsettled.add(node);
            }
        });
    }
}
