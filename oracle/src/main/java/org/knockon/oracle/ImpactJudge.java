package org.knockon.oracle;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactState;
import org.knockon.impact.model.Outage;

/** Judges what outages did to appointments, one at a time (13 to 20). */
final class ImpactJudge {

    private final Map<String, CareService> services;
    private final Map<String, ServiceAvailability> availabilities = new HashMap<>();
    private final Cascade cascade;
    private final Replacements replacements;
    private final Long now;
    private final long horizon;

    ImpactJudge(
            Map<String, CareService> services,
            Dependencies dependencies,
            Map<String, List<Outage>> outagesBySystem,
            Cascade cascade,
            Replacements replacements,
            Long now,
            long horizon) {
        this.services = services;
        this.cascade = cascade;
        this.replacements = replacements;
        this.now = now;
        this.horizon = horizon;
        services.forEach((serviceId, service) ->
                availabilities.put(serviceId, ServiceAvailability.of(service, dependencies, outagesBySystem)));
    }

    /** Empty if the state is NONE. */
    Optional<Impact> judge(History history) {
        AppointmentVersion last = history.last();
        CareService service = services.get(last.serviceId());
        if (service == null) {
            return Optional.empty(); // unknown where to count it (15)
        }
        List<Episode> broken = history.endedEpisodes().stream()
                .filter(episode -> episode.broken(availabilityOf(episode.serviceId()), horizon))
                .toList();
        AppointmentVersion replacement = replacements.of(last.appointmentId()).orElse(null);
        ServiceAvailability availability = availabilityOf(last.serviceId());
        ImpactState state = new StateTable(broken.size(), last, replacement, availability, now, horizon).state();
        if (state == ImpactState.NONE) {
            return Optional.empty();
        }

        Attribution attribution = new Attribution(cascade);
        switch (state) {
            case UNCONFIRMED -> attribution.addOutagesAt(last.slotStart(), availability);
            case AT_RISK -> attribution.addOutagesAt(now, availability);
            case DELIVERED_IN_DOWNTIME ->
                attribution.addOutagesAt(
                        availability
                                .u()
                                .firstInstantWithin(last.slotStart(), last.slotEnd())
                                .orElseThrow(),
                        availability);
            default ->
                broken.forEach(episode -> attribution.addBrokenEpisode(episode, availabilityOf(episode.serviceId())));
        }

        Long firstPostponedSlot = broken.isEmpty() ? null : broken.get(0).slotStart();
        Long newSlot = null;
        Long delayMinutes = null;
        if (state == ImpactState.REBOOKED || state == ImpactState.RECOVERED) {
            newSlot = last.status().inTheBook() ? last.slotStart() : replacement.slotStart();
            delayMinutes = Math.floorDiv(
                    newSlot - firstPostponedSlot, Duration.ofMinutes(1).toMillis());
        }
        return Optional.of(new Impact(
                state,
                last.serviceId(),
                service.organisation(),
                service.site(),
                service.category(),
                last.priority(),
                last.slotStart(),
                PublishedList.publishedPartOf(attribution.outageIds()),
                attribution.outageIds().size(),
                PublishedList.publishedPartOf(attribution.rootCauses()),
                attribution.rootCauses().size(),
                attribution.capabilities(),
                firstPostponedSlot,
                newSlot,
                delayMinutes,
                broken.size(),
                history.truncated()));
    }

    private ServiceAvailability availabilityOf(String serviceId) {
        return availabilities.getOrDefault(serviceId, ServiceAvailability.OF_NO_SERVICE);
    }
}
