package org.knockon.oracle;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.knockon.impact.model.MonitoredSystem;

/** Direct and indirect dependencies. A system that is not in the catalogue is not a dependency (10). */
final class Dependencies {

    private final Map<String, MonitoredSystem> systems;

    Dependencies(Map<String, MonitoredSystem> systems) {
        this.systems = systems;
    }

    /** <i>Beneath</i>: all systems reachable by dependsOn, without the system itself (9). */
    SortedSet<String> dependenciesOf(String systemId) {
        SortedSet<String> reached = new TreeSet<>();
        Deque<String> toVisit = new ArrayDeque<>(dependsOn(systemId));
        while (!toVisit.isEmpty()) {
            String next = toVisit.remove();
            if (systems.containsKey(next) && reached.add(next)) {
                toVisit.addAll(dependsOn(next));
            }
        }
        reached.remove(systemId);
        return reached;
    }

    /** The system itself and all its dependencies. */
    SortedSet<String> withDependencies(String systemId) {
        SortedSet<String> all = dependenciesOf(systemId);
        if (systems.containsKey(systemId)) {
            all.add(systemId);
        }
        return all;
    }

    /** All systems that depend on this one. */
    SortedSet<String> dependentsOf(String systemId) {
        SortedSet<String> dependents = new TreeSet<>();
        for (String other : systems.keySet()) {
            if (dependenciesOf(other).contains(systemId)) {
                dependents.add(other);
            }
        }
        return dependents;
    }

    private Set<String> dependsOn(String systemId) {
        MonitoredSystem system = systems.get(systemId);
        return system == null ? Set.of() : system.dependsOn();
    }
}
