package org.knockon.impact.model;

import java.util.Set;

/**
 * An IT application, infrastructure or network component (ITIL configuration item).
 *
 * @param organisation ODS code
 * @param dependsOn systemIds of the direct dependencies; cycles are legal
 * @param standard null if none was promised
 */
public record MonitoredSystem(
        String systemId,
        String name,
        String organisation,
        String kind,
        Set<String> dependsOn,
        MonitoringPolicy monitoring,
        ServiceStandard standard) {
    public MonitoredSystem {
        dependsOn = Set.copyOf(dependsOn);
    }
}
