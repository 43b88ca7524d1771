package org.knockon.producers.scenario;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/** Finds the systems that depend on others. */
public final class Dependents {
    private Dependents() {}

    /** Ids of all systems that depend on one of these, directly or not, without these themselves. */
    public static Set<String> of(Collection<String> ids, Collection<ScenarioSystem> systems) {
        Set<String> found = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(ids);
        while (!open.isEmpty()) {
            String next = open.poll();
            for (ScenarioSystem system : systems) {
                if (system.system().dependsOn().contains(next) && found.add(system.id())) {
                    open.add(system.id());
                }
            }
        }
        found.removeAll(ids);
        return found;
    }
}
