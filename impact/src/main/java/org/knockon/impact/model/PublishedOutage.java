package org.knockon.impact.model;

import java.util.List;

/**
 * An outage and its cascade, as it stands on the {@code outages} topic. All lists are sorted.
 *
 * @param rootCauses outageIds of what began it all; its own id when nothing beneath it failed
 * @param affectedSystems systemIds that depend on the system, transitively, itself left out
 * @param affectedServices serviceIds that require the system or one of {@code affectedSystems}
 */
public record PublishedOutage(
        Outage outage, List<String> rootCauses, List<String> affectedSystems, List<String> affectedServices) {
    public PublishedOutage {
        rootCauses = List.copyOf(rootCauses);
        affectedSystems = List.copyOf(affectedSystems);
        affectedServices = List.copyOf(affectedServices);
    }
}
