package org.knockon.impact.model;

import java.util.List;

/**
 * An outage and its cascade, as published on the {@code outages} topic. All lists are sorted and capped, see
 * {@link CappedList}; the totals give the lengths of the whole lists.
 *
 * @param rootCauses outageIds of its root causes; its own id if no dependency failed
 * @param affectedSystems systemIds of all direct and indirect dependents of the system
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

    /** With complete lists. */
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
