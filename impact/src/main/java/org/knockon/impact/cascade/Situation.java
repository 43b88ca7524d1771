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
 * What is known now: catalogue, outages and the clock. Every answer is a function of the content alone, whatever the order in which
 * it came. A change is cheap; which stretches of which services it touches is worked out for all changes together, in as many turns as
 * the caller likes. Mutable, for one thread.
 */
public final class Situation {

    /** {@link #now()} before the first tick. */
    public static final long NO_CLOCK = Long.MIN_VALUE;

    private final Catalogue catalogue = new Catalogue();
    private final DependencyPaths paths = catalogue.paths();
    private final OutageIndex outages = new OutageIndex();
    private final RootCauses rootCauses = new RootCauses(paths, outages);
    private final Availabilities availabilities = new Availabilities(paths, outages, rootCauses);
    private final ChangeSpread changes = new ChangeSpread(paths);
    private final ArrayDeque<ServiceNode> unsettled = new ArrayDeque<>();
    private final Set<KnownOutage> toPublish = new LinkedHashSet<>();
    /** Outages of these systems, and of those beneath, reach other systems or services than before. */
    private final Set<SystemNode> otherAbove = new LinkedHashSet<>();

    private long now = NO_CLOCK;

    public Catalogue catalogue() {
        return catalogue;
    }

    /** Event time, epoch milliseconds. */
    public long now() {
        return now;
    }

    /** The clock never goes back; returns whether it went on. */
    public boolean advance(long instant) {
        if (instant <= now) {
            return false;
        }
        now = instant;
        return true;
    }

    /** Takes in a whole former situation at once, into an empty one; nothing is touched, for the caller has assessed by it already. */
    public void restore(
            Collection<MonitoredSystem> systems,
            Collection<CareService> services,
            Collection<Outage> known,
            long clock) {
        systems.forEach(catalogue::add);
        services.forEach(catalogue::put);
        known.forEach(outage -> outages.put(new KnownOutage(catalogue.named(outage.systemId()), outage)));
        now = clock;
    }

    /** A change that was made before a restart and had not been settled. What it touches is taken as wide as it can be. */
    public void restore(Unsettled change) {
        SystemNode node = catalogue.node(change.systemId());
        if (node != null) {
            // An outage that was cut short ends where the change starts.
            long from = change.from() == Long.MIN_VALUE ? Long.MIN_VALUE : change.from() - 1;
            pathsChanged(node, from, change.to());
            if (!node.present()) {
                node.dependents.forEach(dependent -> pathsChanged(dependent, from, change.to()));
            }
        }
    }

    /** Returns what is to be settled, or null: a name, and a dependency beneath which there is no outage, touch nothing. */
    public Unsettled put(MonitoredSystem system) {
        SystemNode node = catalogue.node(system.systemId());
        if (node == null || !node.present()) {
            catalogue.add(system);
            SystemNode added = catalogue.node(system.systemId());
            otherAbove.add(added);
            return pathsChanged(added, List.of(added), new OutageSpan());
        }
        List<SystemNode> gone = Catalogue.without(node, system.dependsOn());
        List<String> missing = Catalogue.missing(node, system.dependsOn());
        OutageSpan hull = new OutageSpan();
        if (!gone.isEmpty()) {
            spreadChanges();
            paths.walkDown(gone, hull::take);
            gone.forEach(dependency -> catalogue.removeDependency(node, dependency));
            otherAbove.addAll(gone);
        }
        catalogue.describe(node, system);
        List<SystemNode> added = new ArrayList<>();
        for (String dependency : missing) {
            catalogue.addDependency(node, dependency);
            added.add(catalogue.node(dependency));
        }
        otherAbove.addAll(added);
        return pathsChanged(node, added, hull);
    }

    /** Returns what is to be settled, or null. */
    public Unsettled removeSystem(String systemId) {
        SystemNode node = catalogue.node(systemId);
        if (node == null || !node.present()) {
            return null;
        }
        spreadChanges();
        OutageSpan hull = new OutageSpan();
        paths.walkDown(List.of(node), hull::take);
        otherAbove.addAll(node.dependsOn);
        toPublish.addAll(node.outages.all());
        List<SystemNode> dependents = List.copyOf(node.dependents);
        catalogue.remove(node);
        if (hull.isEmpty()) {
            return null;
        }
        dependents.forEach(dependent -> pathsChanged(dependent, hull.from(), hull.to()));
        return pathsChanged(node, hull.from(), hull.to());
    }

    /** Returns what it touches, or null. */
    public AffectedRange put(CareService service) {
        CareService before = catalogue.service(service.serviceId());
        reachChanged(before, service);
        ServiceNode node = catalogue.put(service);
        if (before != null && !AffectedRange.differ(before, service)) {
            node.known = node.known == null ? null : node.known.of(service);
            return null;
        }
        node.known = null;
        return AffectedRange.all(node.id);
    }

    /** Returns what it touches, or null. */
    public AffectedRange removeService(String serviceId) {
        ServiceNode node = catalogue.serviceNode(serviceId);
        if (node == null) {
            return null;
        }
        reachChanged(node.service, null);
        catalogue.remove(node);
        return AffectedRange.all(serviceId);
    }

    /** Returns what is to be settled, or null. */
    public Unsettled put(Outage outage) {
        SystemNode node = catalogue.named(outage.systemId());
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

    /** Returns what is to be settled, or null. */
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

    /** Whether all changes so far have been settled. */
    public boolean settled() {
        return unsettled.isEmpty() && changes.isEmpty() && !rootCauses.pending();
    }

    /**
     * Works out what the changes so far have touched.
     *
     * @param over whether to stop for now; asked after each service
     * @param touched takes the stretches
     * @return whether all is settled
     */
    public boolean settle(BooleanSupplier over, Consumer<AffectedRange> touched) {
        spreadChanges();
        while (!unsettled.isEmpty()) {
            ServiceNode node = unsettled.remove();
            long from = node.from;
            long to = node.to;
            node.from = Long.MAX_VALUE;
            node.to = Long.MIN_VALUE;
            node.unsettled = false;
            if (node.service != null) {
                touched.accept(AffectedRange.stretch(
                        node.id, from, to, availabilities.of(node).lost()));
            }
            if (over.getAsBoolean()) {
                break;
            }
        }
        return unsettled.isEmpty();
    }

    /** Null when the service is not in the catalogue. */
    public ServiceAvailability availability(String serviceId) {
        spreadChanges();
        ServiceNode node = catalogue.serviceNode(serviceId);
        return node == null ? null : availabilities.of(node);
    }

    /** Services with an outage of something they need that ends after the instant, in no particular order. */
    public List<String> servicesLostAfter(long instant) {
        Set<SystemNode> systems = new LinkedHashSet<>();
        outages.endingAfter(instant).forEach(known -> systems.add(known.node));
        Set<String> found = new LinkedHashSet<>();
        paths.walkUp(systems, node -> node.requiredBy.forEach(service -> found.add(service.id)));
        return List.copyOf(found);
    }

    /** Outages of which {@link #published} may give another value than when this was last called. */
    public List<Outage> changedOutages() {
        spreadChanges();
        if (outages.size() > 0) {
            paths.walkDown(otherAbove, node -> toPublish.addAll(node.outages.all()));
        }
        otherAbove.clear();
        List<Outage> changed = new ArrayList<>();
        for (KnownOutage known : toPublish) {
            if (known.node.outages.get(known.startedAt()) == known) {
                changed.add(known.outage);
            }
        }
        toPublish.clear();
        return changed;
    }

    /** Whether {@link #changedOutages} may have something to give. */
    public boolean hasChangedOutages() {
        return !toPublish.isEmpty() || !otherAbove.isEmpty() || rootCauses.pending();
    }

    /** With its cascade. @param outage one that was put and not removed */
    public PublishedOutage published(Outage outage) {
        spreadChanges();
        SystemNode node = catalogue.node(outage.systemId());
        KnownOutage known = node.outages.get(outage.startedAt());
        return PublishedOutage.of(
                known.outage,
                CappedList.of(rootCauses.explain(known).rootCauses()),
                CappedList.of(catalogue.systemsAbove(node)),
                CappedList.of(catalogue.servicesAbove(node)));
    }

    /** Work done so far, by kind. */
    Work work() {
        return new Work(rootCauses.explanations(), availabilities.derivations(), paths.searches());
    }

    record Work(long explanations, long derivations, long searches) {}

    private Unsettled pathsChanged(SystemNode node, List<SystemNode> added, OutageSpan hull) {
        if (outages.size() > 0) {
            paths.walkDown(added, hull::take);
        }
        return hull.isEmpty() ? null : pathsChanged(node, hull.from(), hull.to());
    }

    private Unsettled pathsChanged(SystemNode node, long from, long to) {
        rootCauses.changed(node, from, to);
        changes.add(node, from, from, to);
        return new Unsettled(node.id, from, to);
    }

    /** Outages reach other services when the systems that a service requires are others. */
    private void reachChanged(CareService before, CareService after) {
        Set<String> required = requiredBy(before);
        Set<String> different = new HashSet<>(requiredBy(after));
        for (String systemId : required) {
            if (!different.remove(systemId)) {
                different.add(systemId);
            }
        }
        for (String systemId : different) {
            otherAbove.add(catalogue.named(systemId));
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

    /** Carries the changes so far to the services above, by the dependencies of now: to be called before one of them goes. */
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
