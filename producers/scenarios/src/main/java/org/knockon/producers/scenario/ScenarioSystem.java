package org.knockon.producers.scenario;

import java.util.List;
import org.knockon.impact.model.MonitoredSystem;

/**
 * A system and its monitors.
 *
 * @param group name under which the failure script can address it together with others
 * @param monitors ids of its monitors
 */
public record ScenarioSystem(MonitoredSystem system, String group, List<String> monitors) {
    public ScenarioSystem {
        monitors = List.copyOf(monitors);
    }

    public String id() {
        return system.systemId();
    }
}
