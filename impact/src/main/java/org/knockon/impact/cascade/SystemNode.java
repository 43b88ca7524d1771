package org.knockon.impact.cascade;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.knockon.impact.model.MonitoredSystem;

/** A system with its edges in both directions, or one that others name and the catalogue does not hold (yet). */
final class SystemNode {

    final String id;
    /** Position of this system in every {@link BitSet} of systems. */
    final int number;
    /** Null while not in the catalogue; its edges carry nothing then. */
    MonitoredSystem system;

    final List<SystemNode> dependsOn = new ArrayList<>(0);
    final Set<SystemNode> dependents = new LinkedHashSet<>();
    final Set<ServiceNode> requiredBy = new LinkedHashSet<>();
    final Timeline outages = new Timeline();

    /** See {@link DependencyPaths#above}; null where it is not kept. */
    BitSet above;
    /** The walk that has been here last. */
    int walk;
    /** {@link DependencyPaths#version()} at which more lay beneath than a short walk covers. */
    long deepAt = -1;
    /** The same for what lies above. */
    long highAt = -1;
    /** What the services that require this system share; null before the first was asked for. */
    RequiredSystemState required;

    SystemNode(String id, int number) {
        this.id = id;
        this.number = number;
    }

    boolean present() {
        return system != null;
    }

    /** Whether nothing refers to this node any more. */
    boolean unused() {
        return system == null && dependents.isEmpty() && requiredBy.isEmpty() && outages.isEmpty();
    }
}
