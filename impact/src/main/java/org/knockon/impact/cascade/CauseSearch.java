package org.knockon.impact.cascade;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.knockon.impact.cascade.ServiceAvailability.CausedOutage;

/**
 * One search for the root causes of unexplained outages. It finds cycles of outages with Tarjan's algorithm, without
 * recursion, and stops at outages that are already explained.
 */
final class CauseSearch {

    private static final Comparator<Visit> EARLIEST = Comparator.comparingLong((Visit visit) -> visit.known.startedAt())
            .thenComparing(visit -> visit.known.node.id);

    private final BiConsumer<KnownOutage, Consumer<KnownOutage>> under;
    private final List<Visit> visits = new ArrayList<>();
    private final ArrayDeque<Visit> path = new ArrayDeque<>();
    private final ArrayDeque<Visit> unassigned = new ArrayDeque<>();
    private final Map<String, Integer> rootNumbers = new HashMap<>();
    private final List<String> roots = new ArrayList<>();
    private final Map<BitSet, List<String>> lists = new HashMap<>();
    private int entered;

    /** @param under visits the outages that are <i>under</i> a given one (docs/semantics.md, 9) */
    CauseSearch(BiConsumer<KnownOutage, Consumer<KnownOutage>> under) {
        this.under = under;
    }

    /** State of one outage during the search. */
    static final class Visit {

        private final KnownOutage known;
        private final int number;
        private final BitSet roots = new BitSet();
        private int order = -1;
        private int low;
        private boolean assigned;
        /** Whether an outage outside its cycle is under it. */
        private boolean leavesCycle;
        /** Numbers of the unexplained outages under it; null before it is entered and after it is left. */
        private BitSet causes;

        private int nextCause;
        private List<String> lastRoots;

        private Visit(KnownOutage known, int number) {
            this.known = known;
            this.number = number;
        }
    }

    void explain(KnownOutage outage) {
        enter(visit(outage));
        while (!path.isEmpty()) {
            Visit visit = path.peek();
            int next = visit.causes.nextSetBit(visit.nextCause);
            if (next < 0) {
                leave(path.pop());
                continue;
            }
            Visit cause = visits.get(next);
            if (cause.order < 0) {
                enter(cause);
                continue;
            }
            visit.nextCause = next + 1;
            if (cause.assigned) {
                visit.leavesCycle = true;
                visit.roots.or(cause.roots);
            } else {
                visit.low = Math.min(visit.low, cause.low);
            }
        }
    }

    /** Ends the search and discards its state. Returns the number of explained outages. */
    int end() {
        visits.forEach(visit -> visit.known.visit = null);
        return visits.size();
    }

    private Visit visit(KnownOutage outage) {
        if (outage.visit == null) {
            outage.visit = new Visit(outage, visits.size());
            visits.add(outage.visit);
        }
        return outage.visit;
    }

    private void enter(Visit visit) {
        visit.order = entered;
        visit.low = entered++;
        visit.causes = new BitSet();
        path.push(visit);
        unassigned.push(visit);
        under.accept(visit.known, cause -> {
            if (cause.visit == null && cause.explained()) {
                visit.leavesCycle = true;
                addRoots(visit, cause.caused.rootCauses());
            } else {
                visit.causes.set(visit(cause).number);
            }
        });
    }

    private void addRoots(Visit visit, List<String> rootCauses) {
        if (visit.lastRoots != rootCauses) {
            rootCauses.forEach(root -> visit.roots.set(number(root)));
            visit.lastRoots = rootCauses;
        }
    }

    private void leave(Visit visit) {
        visit.causes = null;
        if (visit.low < visit.order) {
            return;
        }
        List<Visit> cycle = new ArrayList<>();
        do {
            cycle.add(unassigned.peek());
        } while (unassigned.pop() != visit);
        BitSet found = new BitSet();
        boolean leavesCycle = false;
        for (Visit member : cycle) {
            leavesCycle |= member.leavesCycle;
            found.or(member.roots);
        }
        if (!leavesCycle) {
            found.set(number(cycle.stream().min(EARLIEST).orElseThrow().known.id()));
        }
        List<String> rootCauses = lists.computeIfAbsent(found, this::sorted);
        for (Visit member : cycle) {
            member.roots.or(found);
            member.assigned = true;
            assign(member.known, rootCauses);
        }
    }

    /** Keeps the existing objects if they are still valid, so that later comparisons are fast. */
    private static void assign(KnownOutage known, List<String> rootCauses) {
        CausedOutage before = known.caused;
        if (before == null || before.outage() != known.outage) {
            known.caused = new CausedOutage(known.outage, known.id(), rootCauses);
        } else if (!before.rootCauses().equals(rootCauses)) {
            known.caused = new CausedOutage(known.outage, before.outageId(), rootCauses);
        }
        known.stale = false;
    }

    private int number(String root) {
        Integer number = rootNumbers.get(root);
        if (number == null) {
            number = roots.size();
            rootNumbers.put(root, number);
            roots.add(root);
        }
        return number;
    }

    private List<String> sorted(BitSet members) {
        return members.stream().mapToObj(roots::get).sorted().toList();
    }
}
