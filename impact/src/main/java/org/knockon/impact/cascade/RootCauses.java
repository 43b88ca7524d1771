package org.knockon.impact.cascade;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.knockon.impact.model.Outage;

/**
 * Finds what began an outage: the outages beneath it that have none beneath them. A circle of outages (systems that depend on each
 * other) with nothing beneath it is stood for by its earliest member.
 */
final class RootCauses {

    /** Monitors see effects first, so a cause may begin this much later (milliseconds) than what it caused. */
    static final long CAUSE_MAY_FOLLOW_WITHIN = 15 * 60 * 1000L;

    private static final Comparator<Outage> EARLIEST =
            Comparator.comparingLong(Outage::startedAt).thenComparing(Outage::systemId);

    private final Catalogue catalogue;
    private final OutageBook outages;
    private final Map<Outage, List<Outage>> under = new HashMap<>();
    private final Map<Outage, ServiceAvailability.CausedOutage> explained = new HashMap<>();

    RootCauses(Catalogue catalogue, OutageBook outages) {
        this.catalogue = catalogue;
        this.outages = outages;
    }

    void forget() {
        under.clear();
        explained.clear();
    }

    ServiceAvailability.CausedOutage explain(Outage outage) {
        ServiceAvailability.CausedOutage known = explained.get(outage);
        if (known == null) {
            known = new ServiceAvailability.CausedOutage(outage, outage.id(), List.copyOf(find(outage)));
            explained.put(outage, known);
        }
        return known;
    }

    /** Sorted outageIds. */
    private Set<String> find(Outage outage) {
        Set<String> found = new TreeSet<>();
        Set<Outage> reached = reach(outage);
        for (Outage candidate : reached) {
            if (under(candidate).isEmpty()) {
                found.add(candidate.id());
            }
        }
        Set<Outage> judged = new HashSet<>();
        for (Outage candidate : reached) {
            if (!under(candidate).isEmpty() && !judged.contains(candidate)) {
                Set<Outage> circle = reach(candidate);
                if (leadsNowhereElse(circle)) {
                    judged.addAll(circle);
                    found.add(circle.stream().min(EARLIEST).orElseThrow().id());
                }
            }
        }
        return found;
    }

    /** Whether every member reaches every other, so that following the causes never leaves the set. */
    private boolean leadsNowhereElse(Set<Outage> circle) {
        for (Outage member : circle) {
            if (under(member).isEmpty() || reach(member).size() < circle.size()) {
                return false;
            }
        }
        return true;
    }

    /** The outage and everything that following its causes leads to. */
    private Set<Outage> reach(Outage outage) {
        Set<Outage> reached = new HashSet<>();
        List<Outage> open = new ArrayList<>();
        reached.add(outage);
        open.add(outage);
        for (int i = 0; i < open.size(); i++) {
            for (Outage next : under(open.get(i))) {
                if (reached.add(next)) {
                    open.add(next);
                }
            }
        }
        return reached;
    }

    private List<Outage> under(Outage outage) {
        List<Outage> known = under.get(outage);
        if (known == null) {
            known = new ArrayList<>();
            for (String systemId : catalogue.beneath(outage.systemId())) {
                collect(outage, outages.of(systemId), known);
            }
            under.put(outage, known);
        }
        return known;
    }

    private static void collect(Outage outage, Collection<Outage> candidates, List<Outage> into) {
        for (Outage candidate : candidates) {
            if (candidate.overlaps(outage) && candidate.startedAt() <= outage.startedAt() + CAUSE_MAY_FOLLOW_WITHIN) {
                into.add(candidate);
            }
        }
    }
}
