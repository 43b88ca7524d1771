package org.knockon.producers.generate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.knockon.impact.interval.Intervals;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Requirement;
import org.knockon.producers.scenario.Scenario;
import org.knockon.producers.scenario.ScenarioService;

/**
 * When one service really lacks a system that it needs. The hospital acts on this, not on what the monitors report.
 *
 * @param lacking at least one required system, or a system that it depends on, is unavailable
 * @param beyondTolerance the same, for longer than the service can work without it
 * @param bookingDown nobody can write to the booking system
 */
record ServiceDowntime(Intervals lacking, Intervals beyondTolerance, Intervals bookingDown) {

    /** In the order of the scenario's services. */
    static List<ServiceDowntime> of(Scenario scenario, Map<String, SystemTimeline> timelines) {
        Map<String, Intervals> own = new HashMap<>();
        Map<String, MonitoredSystem> systems = new HashMap<>();
        scenario.systems().forEach(system -> {
            MonitoredSystem s = system.system();
            systems.put(s.systemId(), s);
            own.put(
                    s.systemId(),
                    timelines
                            .get(s.systemId())
                            .unavailable(
                                    scenario.to(),
                                    s.monitoring().confirmAfter(),
                                    s.monitoring().recoverAfter()));
        });
        Map<String, Intervals> withDependencies = new HashMap<>();
        systems.keySet()
                .forEach(id -> withDependencies.put(
                        id,
                        Intervals.union(withDependencies(id, systems).stream()
                                .map(own::get)
                                .toList())));
        return scenario.services().stream()
                .map(service -> of(service, withDependencies))
                .toList();
    }

    private static ServiceDowntime of(ScenarioService service, Map<String, Intervals> unavailable) {
        List<Intervals> lacking = new ArrayList<>();
        List<Intervals> beyond = new ArrayList<>();
        List<Intervals> bookingDown = new ArrayList<>();
        for (Requirement requirement : service.service().requires()) {
            Intervals intervals = unavailable.get(requirement.systemId());
            lacking.add(intervals);
            beyond.add(intervals.trimStart(requirement.tolerance()));
            if (requirement.capability() == Capability.SCHEDULING) {
                bookingDown.add(intervals);
            }
        }
        return new ServiceDowntime(Intervals.union(lacking), Intervals.union(beyond), Intervals.union(bookingDown));
    }

    /** The system itself and all systems that it depends on, directly or not. */
    private static Set<String> withDependencies(String id, Map<String, MonitoredSystem> systems) {
        Set<String> found = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(id));
        while (!open.isEmpty()) {
            String next = open.poll();
            if (found.add(next)) {
                open.addAll(systems.get(next).dependsOn());
            }
        }
        return found;
    }
}
