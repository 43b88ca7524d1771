package org.knockon.oracle;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.knockon.impact.model.MonitoredSystem;

/** Who needs whom, through any number of steps. A system that is not in the catalogue is nobody's dependency (10). */
final class Dependencies {

    private final Map<String, MonitoredSystem> systems;

    Dependencies(Map<String, MonitoredSystem> systems) {
        this.systems = systems;
    }

    /** Every system reachable by dependsOn, the system itself left out (9). */
    SortedSet<String> beneath(String systemId) {
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

    /** The system itself and all beneath it. */
    SortedSet<String> neededFor(String systemId) {
        SortedSet<String> needed = beneath(systemId);
        if (systems.containsKey(systemId)) {
            needed.add(systemId);
        }
        return needed;
    }

    /** Every system that has this one beneath it. */
    SortedSet<String> above(String systemId) {
        SortedSet<String> above = new TreeSet<>();
        for (String other : systems.keySet()) {
            if (beneath(other).contains(systemId)) {
                above.add(other);
            }
        }
        return above;
    }

    private Set<String> dependsOn(String systemId) {
        MonitoredSystem system = systems.get(systemId);
        return system == null ? Set.of() : system.dependsOn();
    }
}
