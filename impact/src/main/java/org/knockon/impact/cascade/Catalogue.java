package org.knockon.impact.cascade;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Requirement;

/** The systems and care services known, and who depends on whom. Mutable, for one thread. */
public final class Catalogue {

    private final Map<String, MonitoredSystem> systems = new HashMap<>();
    private final Map<String, CareService> services = new HashMap<>();
    private final Map<String, Set<String>> beneath = new HashMap<>();
    private final Map<String, Set<String>> above = new HashMap<>();
    private final Map<String, Set<String>> servicesAbove = new HashMap<>();

    /** Null when not in the catalogue. */
    public MonitoredSystem system(String systemId) {
        return systems.get(systemId);
    }

    /** Null when not in the catalogue. */
    public CareService service(String serviceId) {
        return services.get(serviceId);
    }

    public Collection<MonitoredSystem> systems() {
        return systems.values();
    }

    public Collection<CareService> services() {
        return services.values();
    }

    public void put(MonitoredSystem system) {
        systems.put(system.systemId(), system);
        forgetPaths();
    }

    public void removeSystem(String systemId) {
        systems.remove(systemId);
        forgetPaths();
    }

    public void put(CareService service) {
        services.put(service.serviceId(), service);
        servicesAbove.clear();
    }

    public void removeService(String serviceId) {
        services.remove(serviceId);
        servicesAbove.clear();
    }

    /** Every system this one depends on, transitively, itself left out, and only those in the catalogue. */
    public Set<String> beneath(String systemId) {
        return beneath.computeIfAbsent(systemId, id -> reach(id, this::dependencies));
    }

    /** Every system that depends on this one, transitively, itself left out. */
    public Set<String> above(String systemId) {
        return above.computeIfAbsent(systemId, id -> reach(id, this::dependents));
    }

    /** Every service that requires the system or one above it. */
    public Set<String> servicesAbove(String systemId) {
        return servicesAbove.computeIfAbsent(systemId, id -> {
            Set<String> found = new TreeSet<>();
            for (CareService service : services.values()) {
                for (Requirement requirement : service.requires()) {
                    if (requirement.systemId().equals(id) || above(id).contains(requirement.systemId())) {
                        found.add(service.serviceId());
                    }
                }
            }
            return found;
        });
    }

    private void forgetPaths() {
        beneath.clear();
        above.clear();
        servicesAbove.clear();
    }

    private Set<String> dependencies(String systemId) {
        MonitoredSystem system = systems.get(systemId);
        return system == null ? Set.of() : system.dependsOn();
    }

    private Set<String> dependents(String systemId) {
        Set<String> found = new HashSet<>();
        for (MonitoredSystem system : systems.values()) {
            if (system.dependsOn().contains(systemId)) {
                found.add(system.systemId());
            }
        }
        return found;
    }

    private Set<String> reach(String from, Function<String, Set<String>> neighbours) {
        Set<String> reached = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>();
        open.add(from);
        while (!open.isEmpty()) {
            for (String next : neighbours.apply(open.remove())) {
                if (systems.containsKey(next) && !next.equals(from) && reached.add(next)) {
                    open.add(next);
                }
            }
        }
        return reached;
    }
}
