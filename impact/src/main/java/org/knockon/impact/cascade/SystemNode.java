package org.knockon.impact.cascade;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.knockon.impact.model.MonitoredSystem;

/** A system with its edges in both directions. It may be missing from the catalogue while others refer to it. */
final class SystemNode {

    final String id;
    /** Position of this system in every {@link BitSet} of systems. */
    final int number;
    /** Null while it is not in the catalogue; its edges do not count then. */
    MonitoredSystem system;

    final List<SystemNode> dependsOn = new ArrayList<>(0);
    final Set<SystemNode> dependents = new LinkedHashSet<>();
    final Set<ServiceNode> requiredBy = new LinkedHashSet<>();
    final Timeline outages = new Timeline();

    /** Cache of {@link DependencyPaths#withDependents}; null if not cached. */
    BitSet withDependents;
    /** The last walk that visited this node. */
    int walk;
    /** {@link DependencyPaths#version()} at which it had too many dependencies for a short walk. */
    long manyDependenciesAt = -1;
    /** {@link DependencyPaths#version()} at which it had too many dependents for a short walk. */
    long manyDependentsAt = -1;
    /** Shared by the services that require this system; null until it is first needed. */
    RequiredSystemState required;

    SystemNode(String id, int number) {
        this.id = id;
        this.number = number;
    }

    boolean present() {
        return system != null;
    }

    /** Whether nothing refers to this node. */
    boolean unused() {
        return system == null && dependents.isEmpty() && requiredBy.isEmpty() && outages.isEmpty();
    }
}
