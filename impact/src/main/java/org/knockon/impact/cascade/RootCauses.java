package org.knockon.impact.cascade;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.knockon.impact.cascade.ServiceAvailability.CausedOutage;
import org.knockon.impact.model.Outage;

/**
 * Finds what began an outage: the outages beneath it that have none beneath them. A circle of outages (systems that depend on each
 * other) with nothing beneath it is stood for by its earliest member. All outages are looked at together, once for each change:
 * every change of an outage asks for all of them.
 */
final class RootCauses {

    /** Monitors see effects first, so a cause may begin this much later (milliseconds) than what it caused. */
    static final long CAUSE_MAY_FOLLOW_WITHIN = 15 * 60 * 1000L;

    private static final Comparator<Outage> EARLIEST =
            Comparator.comparingLong(Outage::startedAt).thenComparing(Outage::systemId);

    private final Catalogue catalogue;
    private final OutageBook book;
    private final Map<Outage, String> ids = new IdentityHashMap<>();
    private final Map<Integer, CausedOutage> explained = new HashMap<>();
    private final Map<Outage, Integer> numbers = new IdentityHashMap<>();
    private List<Outage> outages = List.of();
    private BitSet[] reached = {};
    private boolean current;

    RootCauses(Catalogue catalogue, OutageBook book) {
        this.catalogue = catalogue;
        this.book = book;
    }

    /** The outages or the catalogue have changed. */
    void forget() {
        current = false;
    }

    /** @param outage one that is in the book */
    CausedOutage explain(Outage outage) {
        if (!current) {
            look();
        }
        int number = numbers.get(book.get(outage.systemId(), outage.startedAt()));
        return explained.computeIfAbsent(
                number, n -> new CausedOutage(outages.get(n), id(n), List.copyOf(rootCauses(n))));
    }

    private void look() {
        outages = book.all();
        numbers.clear();
        explained.clear();
        ids.clear();
        for (int i = 0; i < outages.size(); i++) {
            numbers.put(outages.get(i), i);
        }
        List<BitSet> under = new ArrayList<>(outages.size());
        for (Outage outage : outages) {
            under.add(under(outage));
        }
        reached = new BitSet[outages.size()];
        for (int i = 0; i < reached.length; i++) {
            reached[i] = reach(i, under);
        }
        current = true;
    }

    private BitSet under(Outage outage) {
        BitSet under = new BitSet(outages.size());
        for (String systemId : catalogue.beneath(outage.systemId())) {
            for (Outage candidate : book.of(systemId)) {
                if (candidate.overlaps(outage)
                        && candidate.startedAt() <= outage.startedAt() + CAUSE_MAY_FOLLOW_WITHIN) {
                    under.set(numbers.get(candidate));
                }
            }
        }
        return under;
    }

    /** The outage and everything that following its causes leads to. */
    private static BitSet reach(int from, List<BitSet> under) {
        BitSet reached = new BitSet(under.size());
        BitSet open = new BitSet(under.size());
        open.set(from);
        while (!open.isEmpty()) {
            int next = open.nextSetBit(0);
            reached.set(next);
            open.or(under.get(next));
            open.andNot(reached);
        }
        return reached;
    }

    private TreeSet<String> rootCauses(int number) {
        TreeSet<String> found = new TreeSet<>();
        for (int i = reached[number].nextSetBit(0); i >= 0; i = reached[number].nextSetBit(i + 1)) {
            if (leadsBackOnly(i)) {
                int earliest = reached[i].stream()
                        .boxed()
                        .min(Comparator.comparing(outages::get, EARLIEST))
                        .orElseThrow();
                found.add(id(earliest));
            }
        }
        return found;
    }

    /** Whether following the causes from here never leads away for good: a root cause, or part of a circle that is one. */
    private boolean leadsBackOnly(int number) {
        for (int i = reached[number].nextSetBit(0); i >= 0; i = reached[number].nextSetBit(i + 1)) {
            if (!reached[i].get(number)) {
                return false;
            }
        }
        return true;
    }

    private String id(int number) {
        return ids.computeIfAbsent(outages.get(number), Outage::id);
    }
}
