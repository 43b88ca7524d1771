package org.knockon.impact.cascade;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Carries changes from the systems where they were made up to the services that they reach. However many there are, each system is
 * passed once for each bound: first by the change with the earliest, or latest, bound of all.
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

    /** Assessments of the slots in [from, to) may be different. @param since the earliest start of an outage that changed */
    void add(SystemNode at, long since, long from, long to) {
        changes.add(new Change(at, since, from, to));
    }

    /** No assessment is different, but outages from this start on are. */
    void add(SystemNode at, long since) {
        changes.add(new Change(at, since, Long.MAX_VALUE, Long.MIN_VALUE));
    }

    /** @param reached takes each service with assessments that may be different, more than once */
    void spread(Consumer<ServiceNode> reached) {
        pass(changes, Comparator.comparingLong(Change::since), (node, change) -> {
            if (node.required != null) {
                node.required.staleSince = Math.min(node.required.staleSince, change.since);
            }
            for (ServiceNode service : node.requiredBy) {
                service.staleSince = Math.min(service.staleSince, change.since);
            }
        });
        List<Change> ofAssessments = new ArrayList<>();
        for (Change change : changes) {
            if (change.from <= change.to) {
                ofAssessments.add(change);
            }
        }
        pass(ofAssessments, Comparator.comparingLong(Change::from), (node, change) -> {
            for (ServiceNode service : node.requiredBy) {
                service.from = Math.min(service.from, change.from);
            }
        });
        pass(ofAssessments, Comparator.comparingLong(Change::to).reversed(), (node, change) -> {
            for (ServiceNode service : node.requiredBy) {
                service.to = Math.max(service.to, change.to);
                reached.accept(service);
            }
        });
        changes.clear();
    }

    private void pass(List<Change> all, Comparator<Change> order, Step step) {
        all.sort(order);
        paths.beginWalk();
        for (Change change : all) {
            paths.goUp(change.at, node -> step.at(node, change));
        }
    }

    private interface Step {
        void at(SystemNode node, Change change);
    }

    private record Change(SystemNode at, long since, long from, long to) {}
}
