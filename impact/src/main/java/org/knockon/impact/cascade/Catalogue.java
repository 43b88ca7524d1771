package org.knockon.impact.cascade;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Requirement;

/** The known systems and care services with their dependencies. Mutable, for one thread. */
public final class Catalogue {

    private final Map<String, SystemNode> nodes = new HashMap<>();
    private final TreeMap<String, SystemNode> systems = new TreeMap<>();
    private final TreeMap<String, ServiceNode> services = new TreeMap<>();
    private final NumberPool<SystemNode> systemNumbers = new NumberPool<>();
    private final NumberPool<ServiceNode> serviceNumbers = new NumberPool<>();
    private final DependencyPaths paths = new DependencyPaths();

    Catalogue() {}

    /** Null if not in the catalogue. */
    public MonitoredSystem system(String systemId) {
        SystemNode node = systems.get(systemId);
        return node == null ? null : node.system;
    }

    /** Null if not in the catalogue. */
    public CareService service(String serviceId) {
        ServiceNode node = services.get(serviceId);
        return node == null ? null : node.service;
    }

    DependencyPaths paths() {
        return paths;
    }

    /** The node of a system; null if no system, service or outage refers to it. */
    SystemNode node(String systemId) {
        return nodes.get(systemId);
    }

    /** The node of a system, created if it does not exist. */
    SystemNode nodeOrNew(String systemId) {
        return nodes.computeIfAbsent(systemId, id -> systemNumbers.add(number -> new SystemNode(id, number)));
    }

    /** Null if not in the catalogue. */
    ServiceNode serviceNode(String serviceId) {
        return services.get(serviceId);
    }

    /** Replaces the description of a system; its dependencies stay the same. */
    void describe(SystemNode node, MonitoredSystem system) {
        node.system = system;
    }

    /** Adds a system to the catalogue, with its dependencies and its dependents. */
    void add(MonitoredSystem system) {
        SystemNode node = nodeOrNew(system.systemId());
        paths.forget(node);
        node.system = system;
        systems.put(node.id, node);
        for (String dependency : system.dependsOn()) {
            addDependency(node, dependency);
        }
        for (SystemNode dependent : node.dependents) {
            if (dependent.present()) {
                paths.added(dependent, node);
            }
        }
    }

    /** Removes a system from the catalogue, with all dependency paths through it. */
    void remove(SystemNode node) {
        for (SystemNode dependency : List.copyOf(node.dependsOn)) {
            removeDependency(node, dependency);
        }
        for (SystemNode dependent : node.dependents) {
            if (dependent.present()) {
                paths.removed(dependent, node);
            }
        }
        paths.forget(node);
        node.system = null;
        systems.remove(node.id);
        release(node);
    }

    void addDependency(SystemNode node, String dependency) {
        SystemNode other = nodeOrNew(dependency);
        if (other != node) {
            node.dependsOn.add(other);
            other.dependents.add(node);
            if (other.present()) {
                paths.added(node, other);
            }
        }
    }

    void removeDependency(SystemNode node, SystemNode dependency) {
        node.dependsOn.remove(dependency);
        dependency.dependents.remove(node);
        if (dependency.present()) {
            paths.removed(node, dependency);
        }
        release(dependency);
    }

    /** Adds a service, or replaces its description. */
    ServiceNode put(CareService service) {
        ServiceNode node = services.computeIfAbsent(
                service.serviceId(), id -> serviceNumbers.add(number -> new ServiceNode(id, number)));
        if (node.service == null || !node.service.requires().equals(service.requires())) {
            disconnect(node);
            for (Requirement requirement : service.requires()) {
                SystemNode system = nodeOrNew(requirement.systemId());
                node.requires.add(system);
                system.requiredBy.add(node);
            }
        }
        node.service = service;
        return node;
    }

    void remove(ServiceNode node) {
        disconnect(node);
        node.service = null;
        services.remove(node.id);
        serviceNumbers.remove(node.number);
    }

    private void disconnect(ServiceNode node) {
        for (SystemNode system : node.requires) {
            system.requiredBy.remove(node);
            if (system.requiredBy.isEmpty()) {
                system.required = null;
            }
            release(system);
        }
        node.requires.clear();
    }

    /** Discards a node that nothing refers to. */
    void release(SystemNode node) {
        if (node.unused() && nodes.remove(node.id, node)) {
            paths.forget(node);
            systemNumbers.remove(node.number);
        }
    }

    /** Sorted ids of all systems that depend on this one, directly or not, without itself. */
    Collection<String> dependentSystems(SystemNode node) {
        BitSet dependents = (BitSet) paths.withDependents(node).clone();
        dependents.clear(node.number);
        return new SortedIds<>(dependents, systems, system -> system.number, systemNumbers, system -> system.id);
    }

    /**
     * Sorted ids of all services that require the system or one of its dependents; empty if it is not in the catalogue.
     */
    Collection<String> dependentServices(SystemNode node) {
        BitSet found = new BitSet();
        BitSet dependents = paths.withDependents(node);
        for (int i = dependents.nextSetBit(0); i >= 0; i = dependents.nextSetBit(i + 1)) {
            for (ServiceNode service : systemNumbers.get(i).requiredBy) {
                found.set(service.number);
            }
        }
        return new SortedIds<>(found, services, service -> service.number, serviceNumbers, service -> service.id);
    }

    /** The direct dependencies of the node that are not in the set. */
    static List<SystemNode> dependenciesWithout(SystemNode node, Set<String> kept) {
        List<SystemNode> gone = new ArrayList<>();
        for (SystemNode dependency : node.dependsOn) {
            if (!kept.contains(dependency.id)) {
                gone.add(dependency);
            }
        }
        return gone;
    }

    /** The systems in the set that the node does not depend on directly yet. */
    static List<String> missingDependencies(SystemNode node, Set<String> wanted) {
        Set<String> missing = new HashSet<>(wanted);
        node.dependsOn.forEach(dependency -> missing.remove(dependency.id));
        missing.remove(node.id);
        return List.copyOf(missing);
    }
}
