package org.knockon.oracle.worlds;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Observation;

/** One record on one input topic. */
public sealed interface WorldEvent {

    /** Event time, epoch milliseconds: the record's timestamp. */
    long at();

    /** Key of the record: systemId, serviceId or appointmentId. */
    String key();

    /** The event as readable text, without its time. */
    String text();

    /** Time and text in one line. */
    default String line() {
        return Instant.ofEpochMilli(at()) + "  " + text();
    }

    /** The last entry of a catalogue key counts, so its entries must arrive in order. */
    sealed interface CatalogueEvent extends WorldEvent permits SystemChanged, ServiceChanged, ServiceRemoved {}

    /** On {@code systems}. */
    record SystemChanged(long at, MonitoredSystem system) implements CatalogueEvent {
        @Override
        public String key() {
            return system.systemId();
        }

        @Override
        public String text() {
            MonitoringPolicy policy = system.monitoring();
            return "system " + key() + " depends on " + new TreeSet<>(system.dependsOn()) + ", confirm after "
                    + span(policy.confirmAfter()) + ", recover after " + span(policy.recoverAfter())
                    + ", silence after " + span(policy.silenceAfter());
        }
    }

    /** On {@code care-services}. */
    record ServiceChanged(long at, CareService service) implements CatalogueEvent {
        @Override
        public String key() {
            return service.serviceId();
        }

        @Override
        public String text() {
            String needs = service.requires().stream()
                    .map(need -> need.systemId() + " for " + need.capability() + " but " + span(need.tolerance()))
                    .collect(Collectors.joining(", ", "[", "]"));
            return "service " + key() + " at " + service.organisation() + "/" + service.site() + ", "
                    + service.specialty() + " " + service.category() + ", needs " + needs;
        }
    }

    /** A null value on {@code care-services}. */
    record ServiceRemoved(long at, String serviceId) implements CatalogueEvent {
        @Override
        public String key() {
            return serviceId;
        }

        @Override
        public String text() {
            return "service " + serviceId + " removed";
        }
    }

    /** On {@code system-health}. */
    record Observed(Observation observation) implements WorldEvent {
        @Override
        public long at() {
            return observation.observedAt();
        }

        @Override
        public String key() {
            return observation.systemId();
        }

        @Override
        public String text() {
            return "health of " + key() + ": " + observation.status() + " by " + observation.monitor();
        }
    }

    /** On {@code appointments}. */
    record Booked(AppointmentVersion version) implements WorldEvent {
        @Override
        public long at() {
            return version.updatedAt();
        }

        @Override
        public String key() {
            return version.appointmentId();
        }

        @Override
        public String text() {
            return "appointment " + key() + " #" + version.sequence() + " " + version.status()
                    + (version.changeReason() == null ? "" : " by reason " + version.changeReason()) + ", "
                    + version.serviceId() + " from " + Instant.ofEpochMilli(version.slotStart()) + " for "
                    + span(version.slotEnd() - version.slotStart()) + ", " + version.priority()
                    + (version.replaces() == null ? "" : ", replaces " + version.replaces());
        }
    }

    /** All events, one per line. */
    static String print(List<WorldEvent> events) {
        return events.stream().map(WorldEvent::line).collect(Collectors.joining("\n"));
    }

    private static String span(long milliseconds) {
        return Duration.ofMillis(milliseconds).toString();
    }
}
