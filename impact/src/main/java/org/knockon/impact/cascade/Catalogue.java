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

/** The systems and care services known, and who depends on whom. Mutable, for one thread. */
public final class Catalogue {

    private final Map<String, SystemNode> nodes = new HashMap<>();
    private final TreeMap<String, SystemNode> systems = new TreeMap<>();
    private final TreeMap<String, ServiceNode> services = new TreeMap<>();
    private final NumberPool<SystemNode> systemNumbers = new NumberPool<>();
    private final NumberPool<ServiceNode> serviceNumbers = new NumberPool<>();
    private final DependencyPaths paths = new DependencyPaths();

    Catalogue() {}

    /** Null when not in the catalogue. */
    public MonitoredSystem system(String systemId) {
        SystemNode node = systems.get(systemId);
        return node == null ? null : node.system;
    }

    /** Null when not in the catalogue. */
    public CareService service(String serviceId) {
        ServiceNode node = services.get(serviceId);
        return node == null ? null : node.service;
    }

    DependencyPaths paths() {
        return paths;
    }

    /** Null when nothing names it. */
    SystemNode node(String systemId) {
        return nodes.get(systemId);
    }

    /** Made when nothing has named it yet. */
    SystemNode named(String systemId) {
        return nodes.computeIfAbsent(systemId, id -> systemNumbers.add(number -> new SystemNode(id, number)));
    }

    /** Null when not in the catalogue. */
    ServiceNode serviceNode(String serviceId) {
        return services.get(serviceId);
    }

    /** Gives the system another description, with the same dependencies as before. */
    void describe(SystemNode node, MonitoredSystem system) {
        node.system = system;
    }

    /** The system comes into the catalogue; its dependencies and those on it hold from now on. */
    void add(MonitoredSystem system) {
        SystemNode node = named(system.systemId());
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

    /** The system leaves the catalogue, and all that it carried with it. */
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
        SystemNode other = named(dependency);
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

    /** Gives a service of the catalogue another description, or adds it. */
    ServiceNode put(CareService service) {
        ServiceNode node = services.computeIfAbsent(
                service.serviceId(), id -> serviceNumbers.add(number -> new ServiceNode(id, number)));
        if (node.service == null || !node.service.requires().equals(service.requires())) {
            disconnect(node);
            for (Requirement requirement : service.requires()) {
                SystemNode system = named(requirement.systemId());
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

    /** Gives up a node that nothing names any more. */
    void release(SystemNode node) {
        if (node.unused() && nodes.remove(node.id, node)) {
            paths.forget(node);
            systemNumbers.remove(node.number);
        }
    }

    /** Sorted ids of all that depend on the system, itself left out. */
    Collection<String> systemsAbove(SystemNode node) {
        BitSet above = (BitSet) paths.above(node).clone();
        above.clear(node.number);
        return new SortedIds<>(above, systems, system -> system.number, systemNumbers, system -> system.id);
    }

    /** Sorted ids of all services that require the system or one that depends on it; none where it is not in the catalogue. */
    Collection<String> servicesAbove(SystemNode node) {
        BitSet found = new BitSet();
        BitSet above = paths.above(node);
        for (int i = above.nextSetBit(0); i >= 0; i = above.nextSetBit(i + 1)) {
            for (ServiceNode service : systemNumbers.get(i).requiredBy) {
                found.set(service.number);
            }
        }
        return new SortedIds<>(found, services, service -> service.number, serviceNumbers, service -> service.id);
    }

    /** The dependencies of the node that the set does not name. */
    static List<SystemNode> without(SystemNode node, Set<String> kept) {
        List<SystemNode> gone = new ArrayList<>();
        for (SystemNode dependency : node.dependsOn) {
            if (!kept.contains(dependency.id)) {
                gone.add(dependency);
            }
        }
        return gone;
    }

    /** Those that the node does not depend on yet. */
    static List<String> missing(SystemNode node, Set<String> wanted) {
        Set<String> missing = new HashSet<>(wanted);
        node.dependsOn.forEach(dependency -> missing.remove(dependency.id));
        missing.remove(node.id);
        return List.copyOf(missing);
    }
}
