package org.knockon.impact.model;

import java.util.List;

/**
 * An outage and its cascade, as it stands on the {@code outages} topic. All lists are sorted, and capped as {@link CappedList} says; how
 * many the whole of each has stands beside it.
 *
 * @param rootCauses outageIds of what began it all; its own id when nothing beneath it failed
 * @param affectedSystems systemIds that depend on the system, transitively, itself left out
 * @param affectedServices serviceIds that require the system or one of {@code affectedSystems}
 */
public record PublishedOutage(
        Outage outage,
        List<String> rootCauses,
        int rootCausesTotal,
        List<String> affectedSystems,
        int affectedSystemsTotal,
        List<String> affectedServices,
        int affectedServicesTotal) {
    public PublishedOutage {
        rootCauses = List.copyOf(rootCauses);
        affectedSystems = List.copyOf(affectedSystems);
        affectedServices = List.copyOf(affectedServices);
    }

    /** Of lists that are whole. */
    public PublishedOutage(
            Outage outage, List<String> rootCauses, List<String> affectedSystems, List<String> affectedServices) {
        this(
                outage,
                rootCauses,
                rootCauses.size(),
                affectedSystems,
                affectedSystems.size(),
                affectedServices,
                affectedServices.size());
    }

    public static PublishedOutage of(
            Outage outage, CappedList rootCauses, CappedList affectedSystems, CappedList affectedServices) {
        return new PublishedOutage(
                outage,
                rootCauses.first(),
                rootCauses.total(),
                affectedSystems.first(),
                affectedSystems.total(),
                affectedServices.first(),
                affectedServices.total());
    }
}
