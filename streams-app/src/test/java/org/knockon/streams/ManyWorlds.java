package org.knockon.streams;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Requirement;
import org.knockon.oracle.worlds.RandomWorld;
import org.knockon.oracle.worlds.WorldEvent;
import org.knockon.oracle.worlds.WorldEvent.Booked;
import org.knockon.oracle.worlds.WorldEvent.Observed;
import org.knockon.oracle.worlds.WorldEvent.ServiceChanged;
import org.knockon.oracle.worlds.WorldEvent.ServiceRemoved;
import org.knockon.oracle.worlds.WorldEvent.SystemChanged;

/** Many random worlds in one pipeline. They share only the clock. */
final class ManyWorlds {

    private ManyWorlds() {}

    /** The events of several worlds, one world after the other, each in its own order of arrival. */
    static List<WorldEvent> of(long firstSeed, int worlds) {
        List<WorldEvent> all = new ArrayList<>();
        for (long seed = firstSeed; seed < firstSeed + worlds; seed++) {
            String island = "w" + seed + "-";
            RandomWorld.of(seed).shuffled(seed).forEach(event -> all.add(moved(island, event)));
        }
        return all;
    }

    /** The same events in order of event time, as a replay sends them. */
    static List<WorldEvent> inOrder(long firstSeed, int worlds) {
        List<WorldEvent> all = new ArrayList<>(of(firstSeed, worlds));
        all.sort(Comparator.comparingLong(WorldEvent::at));
        return all;
    }

    private static WorldEvent moved(String island, WorldEvent event) {
        if (event instanceof SystemChanged changed) {
            MonitoredSystem system = changed.system();
            return new SystemChanged(
                    changed.at(),
                    new MonitoredSystem(
                            island + system.systemId(),
                            system.name(),
                            system.organisation(),
                            system.kind(),
                            system.dependsOn().stream().map(id -> island + id).collect(Collectors.toSet()),
                            system.monitoring(),
                            system.standard()));
        } else if (event instanceof ServiceChanged changed) {
            CareService service = changed.service();
            List<Requirement> requires = service.requires().stream()
                    .map(need -> new Requirement(island + need.systemId(), need.capability(), need.tolerance()))
                    .toList();
            return new ServiceChanged(
                    changed.at(),
                    new CareService(
                            island + service.serviceId(),
                            service.name(),
                            service.organisation(),
                            service.site(),
                            service.specialty(),
                            service.category(),
                            requires));
        } else if (event instanceof ServiceRemoved removed) {
            return new ServiceRemoved(removed.at(), island + removed.serviceId());
        } else if (event instanceof Observed observed) {
            Observation seen = observed.observation();
            return new Observed(new Observation(
                    island + seen.systemId(), seen.status(), seen.observedAt(), seen.monitor(), seen.detail()));
        }
        AppointmentVersion version = ((Booked) event).version();
        return new Booked(new AppointmentVersion(
                island + version.appointmentId(),
                version.sequence(),
                version.status(),
                version.changeReason(),
                island + version.serviceId(),
                version.slotStart(),
                version.slotEnd(),
                version.priority(),
                version.patientRef(),
                version.replaces() == null ? null : island + version.replaces(),
                version.updatedAt(),
                null));
    }
}
