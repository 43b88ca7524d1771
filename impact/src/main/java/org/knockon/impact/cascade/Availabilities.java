package org.knockon.impact.cascade;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.knockon.impact.cascade.ServiceAvailability.CausedOutage;
import org.knockon.impact.cascade.ServiceAvailability.RequiredSystem;
import org.knockon.impact.interval.Intervals;
import org.knockon.impact.model.Requirement;

/**
 * Derives when services lack systems that they need. Results before the earliest change are reused, so that the cost of
 * a change does not grow with the number of past outages.
 */
final class Availabilities {

    private static final Comparator<CausedOutage> BY_START = Comparator.comparingLong(
                    (CausedOutage caused) -> caused.outage().startedAt())
            .thenComparing(CausedOutage::outageId);

    private final DependencyPaths paths;
    private final OutageIndex index;
    private final RootCauses rootCauses;
    private long derivations;
    private long changes;
    private Derived last = new Derived(null, -1, List.of(), Long.MAX_VALUE, List.of(), Intervals.NONE);

    Availabilities(DependencyPaths paths, OutageIndex index, RootCauses rootCauses) {
        this.paths = paths;
        this.index = index;
        this.rootCauses = rootCauses;
    }

    /** Called when outages or dependencies have changed. */
    void changed() {
        changes++;
    }

    /** Number of derived service availabilities so far: a measure of work. */
    long derivations() {
        return derivations;
    }

    ServiceAvailability of(ServiceNode node) {
        if (node.known == null || node.staleSince != Long.MAX_VALUE) {
            node.known = derive(node, node.known == null ? Long.MIN_VALUE : node.staleSince);
            node.staleSince = Long.MAX_VALUE;
            derivations++;
        }
        return node.known;
    }

    private ServiceAvailability derive(ServiceNode node, long since) {
        Intervals lostBefore = node.known == null ? Intervals.NONE : node.known.lost();
        Intervals undeliverableBefore = node.known == null ? Intervals.NONE : node.known.undeliverable();
        long from = firstAffected(lostBefore, since);
        List<RequiredSystem> requirements = new ArrayList<>();
        List<Intervals> lost = new ArrayList<>();
        List<Intervals> undeliverable = new ArrayList<>();
        List<List<CausedOutage>> outages = new ArrayList<>();
        for (int i = 0; i < node.requires.size(); i++) {
            Requirement requirement = node.service.requires().get(i);
            RequiredSystemState state = state(node.requires.get(i));
            requirements.add(new RequiredSystem(requirement, state.unavailable));
            Intervals affected = state.unavailable.startingFrom(from);
            lost.add(affected);
            undeliverable.add(affected.trimStart(requirement.tolerance()));
            outages.add(state.outages);
        }
        return new ServiceAvailability(
                node.service,
                lostBefore.startingBefore(from).followedBy(Intervals.union(lost)),
                undeliverableBefore.startingBefore(from).followedBy(Intervals.union(undeliverable)),
                List.copyOf(requirements),
                merged(node.known == null ? List.of() : node.known.outages(), since, outages));
    }

    /** The given instant, or the start of an earlier interval that touches the time from it on. */
    private static long firstAffected(Intervals intervals, long since) {
        long first = since;
        for (int i = intervals.size() - 1; i >= 0 && intervals.end(i) >= since; i--) {
            first = Math.min(since, intervals.start(i));
        }
        return first;
    }

    private static List<CausedOutage> merged(List<CausedOutage> before, long since, List<List<CausedOutage>> parts) {
        List<CausedOutage> first = parts.isEmpty() ? List.of() : parts.get(0);
        if (parts.stream().allMatch(part -> part == first)) {
            return first;
        }
        TreeSet<CausedOutage> fresh = new TreeSet<>(BY_START);
        parts.forEach(part -> fresh.addAll(part.subList(countBefore(part, since), part.size())));
        return followed(before, since, List.copyOf(fresh));
    }

    private RequiredSystemState state(SystemNode node) {
        if (node.required == null) {
            node.required = new RequiredSystemState();
        }
        RequiredSystemState state = node.required;
        if (state.staleSince == Long.MAX_VALUE) {
            return state;
        }
        List<SystemNode> few = paths.withFewDependencies(node);
        if (few != null || !last.holdsFor(node, state)) {
            last = derive(node, state, few);
        }
        state.outages = last.outages;
        state.unavailable = last.unavailable;
        state.staleSince = Long.MAX_VALUE;
        return state;
    }

    /** @param few the system and all its dependencies, direct or not; null if these are many */
    private Derived derive(SystemNode node, RequiredSystemState before, List<SystemNode> few) {
        long since = before.staleSince;
        List<CausedOutage> fresh = new ArrayList<>();
        if (few == null) {
            for (KnownOutage known : index.startingFrom(since)) {
                if (paths.withDependents(known.node).get(node.number)) {
                    fresh.add(rootCauses.explain(known));
                }
            }
        } else {
            for (SystemNode system : few) {
                for (KnownOutage known : system.outages.startingFrom(since)) {
                    fresh.add(rootCauses.explain(known));
                }
            }
        }
        fresh.sort(BY_START);
        List<CausedOutage> outages = followed(before.outages, since, fresh);
        long from = firstAffected(before.unavailable, since);
        List<Intervals> parts = new ArrayList<>();
        for (CausedOutage caused : outages.subList(countBefore(outages, from), outages.size())) {
            parts.add(Intervals.of(caused.outage().startedAt(), caused.outage().endedAt()));
        }
        Intervals unavailable = before.unavailable.startingBefore(from).followedBy(Intervals.union(parts));
        return new Derived(node, changes, before.outages, since, outages, unavailable);
    }

    /** The outages of the first list that start before the instant, followed by the second list. */
    private static List<CausedOutage> followed(List<CausedOutage> before, long since, List<CausedOutage> fresh) {
        int kept = countBefore(before, since);
        if (fresh.isEmpty() && kept == before.size()) {
            return before;
        }
        CausedOutage[] all = new CausedOutage[kept + fresh.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = i < kept ? before.get(i) : fresh.get(i - kept);
        }
        return Collections.unmodifiableList(Arrays.asList(all));
    }

    private static int countBefore(List<CausedOutage> sorted, long instant) {
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted.get(middle).outage().startedAt() < instant) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The derived outages of a system, with the inputs of the derivation. */
    private final class Derived {

        private final SystemNode node;
        private final long asOf;
        private final List<CausedOutage> before;
        private final long since;
        private final List<CausedOutage> outages;
        private final Intervals unavailable;

        Derived(
                SystemNode node,
                long asOf,
                List<CausedOutage> before,
                long since,
                List<CausedOutage> outages,
                Intervals unavailable) {
            this.node = node;
            this.asOf = asOf;
            this.before = before;
            this.since = since;
            this.outages = outages;
            this.unavailable = unavailable;
        }

        /** Whether this also holds for another system: systems in one cycle have the same dependencies. */
        boolean holdsFor(SystemNode other, RequiredSystemState state) {
            return asOf == changes
                    && before == state.outages
                    && since == state.staleSince
                    && paths.inOneCycle(node, other);
        }
    }
}
