package org.knockon.impact.cascade;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Propagates changes from the systems where they were made to the services that depend on them. Each system is visited
 * once per bound, however many changes there are: the change with the earliest, or latest, bound comes first.
 */
final class ChangeSpread {

    private final DependencyPaths paths;
    private final List<Change> changes = new ArrayList<>();

    ChangeSpread(DependencyPaths paths) {
        this.paths = paths;
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    /**
     * Adds a change that may alter the assessment of slots in [from, to).
     *
     * @param since earliest start of a changed outage
     */
    void add(SystemNode at, long since, long from, long to) {
        changes.add(new Change(at, since, from, to));
    }

    /** Adds a change that alters outages from this start on, but no assessment. */
    void add(SystemNode at, long since) {
        changes.add(new Change(at, since, Long.MAX_VALUE, Long.MIN_VALUE));
    }

    /** @param reached receives each service whose assessments may change, possibly several times */
    void spread(Consumer<ServiceNode> reached) {
        visit(changes, Comparator.comparingLong(Change::since), (node, change) -> {
            if (node.required != null) {
                node.required.staleSince = Math.min(node.required.staleSince, change.since);
            }
            for (ServiceNode service : node.requiredBy) {
                service.staleSince = Math.min(service.staleSince, change.since);
            }
        });
        List<Change> withAssessments = new ArrayList<>();
        for (Change change : changes) {
            if (change.from <= change.to) {
                withAssessments.add(change);
            }
        }
        visit(withAssessments, Comparator.comparingLong(Change::from), (node, change) -> {
            for (ServiceNode service : node.requiredBy) {
                service.from = Math.min(service.from, change.from);
            }
        });
        visit(withAssessments, Comparator.comparingLong(Change::to).reversed(), (node, change) -> {
            for (ServiceNode service : node.requiredBy) {
                service.to = Math.max(service.to, change.to);
                reached.accept(service);
            }
        });
        changes.clear();
    }

    private void visit(List<Change> all, Comparator<Change> order, Step step) {
        all.sort(order);
        paths.beginWalk();
        for (Change change : all) {
            paths.continueUp(change.at, node -> step.at(node, change));
        }
    }

    private interface Step {
        void at(SystemNode node, Change change);
    }

    private record Change(SystemNode at, long since, long from, long to) {}
}
