package org.knockon.oracle;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.Requirement;

/**
 * When one care service lacked systems that it needs (11, 16).
 *
 * @param r R(service): some requirement was unavailable
 * @param u U(service): some requirement was unavailable beyond its tolerance
 * @param needs each requirement with its unavailable(r)
 * @param outages outages of the required systems and of all their dependencies
 */
record ServiceAvailability(IntervalSet r, IntervalSet u, List<Need> needs, Set<Outage> outages) {

    record Need(Requirement requirement, IntervalSet unavailable) {}

    /** For a service that is not in the catalogue (14). */
    static final ServiceAvailability OF_NO_SERVICE =
            new ServiceAvailability(new IntervalSet(List.of()), new IntervalSet(List.of()), List.of(), Set.of());

    static ServiceAvailability of(
            CareService service, Dependencies dependencies, Map<String, List<Outage>> outagesBySystem) {
        List<Need> needs = new ArrayList<>();
        List<Interval> allR = new ArrayList<>();
        List<Interval> allU = new ArrayList<>();
        Set<Outage> allOutages = new LinkedHashSet<>();
        for (Requirement requirement : service.requires()) {
            List<Outage> outages = dependencies.withDependencies(requirement.systemId()).stream()
                    .flatMap(systemId -> outagesBySystem.getOrDefault(systemId, List.of()).stream())
                    .toList();
            IntervalSet unavailable =
                    IntervalSet.union(outages.stream().map(Interval::of).toList());
            needs.add(new Need(requirement, unavailable));
            allR.addAll(unavailable.intervals());
            allU.addAll(unavailable.trimmedAtStart(requirement.tolerance()));
            allOutages.addAll(outages);
        }
        return new ServiceAvailability(IntervalSet.union(allR), IntervalSet.union(allU), needs, allOutages);
    }

    List<Outage> outagesAt(long moment) {
        return outages.stream().filter(outage -> outage.holdsAt(moment)).toList();
    }

    List<Capability> capabilitiesLostAt(long moment) {
        return needs.stream()
                .filter(need -> need.unavailable().contains(moment))
                .map(need -> need.requirement().capability())
                .toList();
    }
}
