package org.knockon.impact.cascade;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.knockon.impact.cascade.ServiceAvailability.CausedOutage;

/**
 * Finds what began an outage: the outages beneath it that have none beneath them. A circle of outages (systems that depend on each
 * other) with nothing beneath it is represented by its earliest member. A change makes those stale from which following the causes
 * leads to it, and no other; they are explained again together.
 */
final class RootCauses {

    /** Monitors see effects first, so a cause may begin this much later (milliseconds) than what it caused. */
    static final long CAUSE_MAY_FOLLOW_WITHIN = 15 * 60 * 1000L;

    private final DependencyPaths paths;
    private final OutageIndex book;
    private final List<KnownOutage> changed = new ArrayList<>();
    private final List<Window> windows = new ArrayList<>();
    private long explanations;

    RootCauses(DependencyPaths paths, OutageIndex book) {
        this.paths = paths;
        this.book = book;
    }

    /** The outage is new, or has just been removed, or its end moved: then to be called for what it was and what it is. */
    void changed(KnownOutage outage) {
        changed.add(outage);
    }

    /** Outages within [from, to) are beneath this system that were not, or the reverse. */
    void changed(SystemNode at, long from, long to) {
        windows.add(new Window(at, from, to));
    }

    boolean pending() {
        return !changed.isEmpty() || !windows.isEmpty();
    }

    /** How many outages were explained so far: a measure of work. */
    long explanations() {
        return explanations;
    }

    /** @param outage one that is in the book */
    CausedOutage explain(KnownOutage outage) {
        if (!outage.explained()) {
            explainAll(List.of(outage));
        }
        return outage.caused;
    }

    /** Works through what was reported. Returns the outages with other root causes than before, or of which none were known. */
    List<KnownOutage> refresh() {
        Marking marking = new Marking();
        for (Window window : windows) {
            visitAbove(window.at, window.from, window.to, marking::mark);
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
        return marking.withOtherCauses();
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

    /** Visits the outages that the rules call <i>under</i> this one. */
    private void visitUnder(KnownOutage outage, Consumer<KnownOutage> visitor) {
        long from = outage.startedAt();
        long to = Math.min(outage.endedAt(), from + CAUSE_MAY_FOLLOW_WITHIN + 1);
        List<SystemNode> beneath = paths.fewBeneath(outage.node);
        if (beneath == null) {
            book.overlapping(from, to, other -> {
                if (other.node != outage.node && paths.above(other.node).get(outage.node.number)) {
                    visitor.accept(other);
                }
            });
        } else {
            for (SystemNode node : beneath) {
                if (node != outage.node) {
                    node.outages.overlapping(from, to, visitor);
                }
            }
        }
    }

    /** Visits the outages of the system and of those that depend on it that have an instant in [from, to). */
    private void visitAbove(SystemNode system, long from, long to, Consumer<KnownOutage> visitor) {
        List<SystemNode> few = paths.fewAbove(system);
        if (few == null) {
            BitSet above = paths.above(system);
            book.overlapping(from, to, outage -> {
                if (above.get(outage.node.number)) {
                    visitor.accept(outage);
                }
            });
        } else {
            few.forEach(node -> node.outages.overlapping(from, to, visitor));
        }
    }

    private record Window(SystemNode at, long from, long to) {}

    /** Follows changes upwards: to the outages under which a changed one is, and on from these. */
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
                visitAbove(cause.node, cause.startedAt(), cause.endedAt(), effect -> {
                    if (effect.startedAt() >= cause.startedAt() - CAUSE_MAY_FOLLOW_WITHIN) {
                        mark(effect);
                    }
                });
            }
        }

        List<KnownOutage> withOtherCauses() {
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
