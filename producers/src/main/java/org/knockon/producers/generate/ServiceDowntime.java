package org.knockon.producers.generate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Requirement;
import org.knockon.producers.scenario.Scenario;
import org.knockon.producers.scenario.ScenarioService;

/**
 * When one service truly lacks something. This is the hospital's own view, by which it acts; what monitors make of it is not
 * known here.
 *
 * @param lacking at least one needed system, or something beneath it, is unavailable
 * @param beyondTolerance the same, once working without it has lasted as long as it can
 * @param unbooked the booking system cannot be written to
 */
record ServiceDowntime(Intervals lacking, Intervals beyondTolerance, Intervals unbooked) {

    /** In the order of the scenario's services. */
    static List<ServiceDowntime> of(Scenario scenario, Map<String, SystemTimeline> stories) {
        Map<String, Intervals> own = new HashMap<>();
        Map<String, MonitoredSystem> systems = new HashMap<>();
        scenario.systems().forEach(system -> {
            MonitoredSystem s = system.system();
            systems.put(s.systemId(), s);
            own.put(
                    s.systemId(),
                    stories.get(s.systemId())
                            .unavailable(
                                    scenario.to(),
                                    s.monitoring().confirmAfter(),
                                    s.monitoring().recoverAfter()));
        });
        Map<String, Intervals> withBeneath = new HashMap<>();
        systems.keySet()
                .forEach(id -> withBeneath.put(
                        id,
                        Intervals.union(
                                beneath(id, systems).stream().map(own::get).toList())));
        return scenario.services().stream()
                .map(service -> of(service, withBeneath))
                .toList();
    }

    private static ServiceDowntime of(ScenarioService service, Map<String, Intervals> unavailable) {
        List<Intervals> lacking = new ArrayList<>();
        List<Intervals> beyond = new ArrayList<>();
        List<Intervals> unbooked = new ArrayList<>();
        for (Requirement requirement : service.service().requires()) {
            Intervals intervals = unavailable.get(requirement.systemId());
            lacking.add(intervals);
            beyond.add(intervals.cutFront(requirement.tolerance()));
            if (requirement.capability() == Capability.SCHEDULING) {
                unbooked.add(intervals);
            }
        }
        return new ServiceDowntime(Intervals.union(lacking), Intervals.union(beyond), Intervals.union(unbooked));
    }

    /** The system itself and everything it depends on. */
    private static Set<String> beneath(String id, Map<String, MonitoredSystem> systems) {
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
