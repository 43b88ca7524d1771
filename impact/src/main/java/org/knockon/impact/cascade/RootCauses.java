package org.knockon.impact.cascade;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.knockon.impact.cascade.ServiceAvailability.CausedOutage;

/**
 * Finds the root causes of outages: follows the outages <i>under</i> an outage (docs/semantics.md, 9) to those with
 * none under them. A cycle of outages, of systems that depend on each other, with no other outage under it is
 * represented by its earliest member. A change makes stale exactly the outages from which the causes lead to it; they
 * are explained again together.
 */
final class RootCauses {

    /** Monitors may see effects first, so a cause may start this much later (milliseconds) than its effect. */
    static final long CAUSE_MAY_FOLLOW_WITHIN = Duration.ofMinutes(15).toMillis();

    private final DependencyPaths paths;
    private final OutageIndex index;
    private final List<KnownOutage> changed = new ArrayList<>();
    private final List<Window> windows = new ArrayList<>();
    private long explanations;

    RootCauses(DependencyPaths paths, OutageIndex index) {
        this.paths = paths;
        this.index = index;
    }

    /** Called for an outage that is new or was removed. If its end moved, call it for the old and the new outage. */
    void changed(KnownOutage outage) {
        changed.add(outage);
    }

    /** Called when a change of dependencies adds or removes outages in [from, to) under those of this system. */
    void changed(SystemNode at, long from, long to) {
        windows.add(new Window(at, from, to));
    }

    boolean pending() {
        return !changed.isEmpty() || !windows.isEmpty();
    }

    /** Number of explained outages so far: a measure of work. */
    long explanations() {
        return explanations;
    }

    /** @param outage an indexed outage */
    CausedOutage explain(KnownOutage outage) {
        if (!outage.explained()) {
            explainAll(List.of(outage));
        }
        return outage.caused;
    }

    /** Processes the reported changes. Returns the outages whose root causes are new or changed. */
    List<KnownOutage> refresh() {
        Marking marking = new Marking();
        for (Window window : windows) {
            visitDependents(window.at, window.from, window.to, marking::mark);
        }
        for (KnownOutage outage : changed) {
            if (outage.node.outages.get(outage.startedAt()) == outage) {
                marking.mark(outage);
            } else {
                marking.waiting.add(outage);
            }
        }
        windows.clear();
        changed.clear();
        marking.spread();
        explainAll(marking.marked);
        return marking.withChangedCauses();
    }

    private void explainAll(List<KnownOutage> outages) {
        CauseSearch search = new CauseSearch(this::visitUnder);
        for (KnownOutage outage : outages) {
            if (!outage.explained()) {
                search.explain(outage);
            }
        }
        explanations += search.end();
    }

    /** Visits the outages <i>under</i> this one. */
    private void visitUnder(KnownOutage outage, Consumer<KnownOutage> visitor) {
        long from = outage.startedAt();
        long to = Math.min(outage.endedAt(), from + CAUSE_MAY_FOLLOW_WITHIN + 1);
        List<SystemNode> few = paths.withFewDependencies(outage.node);
        if (few == null) {
            index.overlapping(from, to, other -> {
                if (other.node != outage.node
                        && paths.withDependents(other.node).get(outage.node.number)) {
                    visitor.accept(other);
                }
            });
        } else {
            for (SystemNode node : few) {
                if (node != outage.node) {
                    node.outages.overlapping(from, to, visitor);
                }
            }
        }
    }

    /** Visits the outages of the system and of its dependents, direct or not, that overlap [from, to). */
    private void visitDependents(SystemNode system, long from, long to, Consumer<KnownOutage> visitor) {
        List<SystemNode> few = paths.withFewDependents(system);
        if (few == null) {
            BitSet dependents = paths.withDependents(system);
            index.overlapping(from, to, outage -> {
                if (dependents.get(outage.node.number)) {
                    visitor.accept(outage);
                }
            });
        } else {
            few.forEach(node -> node.outages.overlapping(from, to, visitor));
        }
    }

    private record Window(SystemNode at, long from, long to) {}

    /**
     * Follows changes to their effects: marks the outages that have a changed one under them, and continues from these.
     */
    private final class Marking {

        private final List<KnownOutage> marked = new ArrayList<>();
        private final List<CausedOutage> before = new ArrayList<>();
        private final ArrayDeque<KnownOutage> waiting = new ArrayDeque<>();

        void mark(KnownOutage outage) {
            if (!outage.marked) {
                outage.marked = true;
                outage.stale = true;
                marked.add(outage);
                before.add(outage.caused);
                waiting.add(outage);
            }
        }

        void spread() {
            while (!waiting.isEmpty()) {
                KnownOutage cause = waiting.remove();
                visitDependents(cause.node, cause.startedAt(), cause.endedAt(), effect -> {
                    if (effect.startedAt() >= cause.startedAt() - CAUSE_MAY_FOLLOW_WITHIN) {
                        mark(effect);
                    }
                });
            }
        }

        List<KnownOutage> withChangedCauses() {
            List<KnownOutage> different = new ArrayList<>();
            for (int i = 0; i < marked.size(); i++) {
                KnownOutage outage = marked.get(i);
                outage.marked = false;
                if (before.get(i) == null || !before.get(i).rootCauses().equals(outage.caused.rootCauses())) {
                    different.add(outage);
                }
            }
            return different;
        }
    }
}
