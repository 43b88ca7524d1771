package org.knockon.feeds.monitor;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a monitor has said so far: firing alerts, last states, systems that a label named. It has to survive a restart,
 * or a firing alert would be forgotten and the next heartbeat would say UP.
 *
 * @param systems by system id; each is one record of a compacted topic
 */
public record MonitorState(Map<String, SystemReports> systems) {

    public static final MonitorState EMPTY = new MonitorState(Map.of());

    public MonitorState {
        systems = Map.copyOf(systems);
    }

    SystemReports of(String systemId) {
        return systems.getOrDefault(systemId, SystemReports.NONE);
    }

    /** What has to be written after a message: the new value of each system that differs, empty for one that is gone. */
    public Map<String, Optional<SystemReports>> changesSince(MonitorState before) {
        Map<String, Optional<SystemReports>> changes = new HashMap<>();
        systems.forEach((id, reports) -> {
            if (!reports.equals(before.systems.get(id))) {
                changes.put(id, Optional.of(reports));
            }
        });
        before.systems.keySet().stream()
                .filter(id -> !systems.containsKey(id))
                .forEach(id -> changes.put(id, Optional.empty()));
        return changes;
    }

    /** Sizes only. */
    @Override
    public String toString() {
        return "MonitorState[" + systems.size() + " systems]";
    }
}
