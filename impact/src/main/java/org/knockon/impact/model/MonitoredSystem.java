package org.knockon.impact.model;

import java.util.Set;

/**
 * An IT application, infrastructure or network component (ITIL configuration item).
 *
 * @param organisation ODS code
 * @param dependsOn systemIds this one needs directly; cycles are legal
 * @param standard null when none was promised
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
