package org.knockon.oracle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactState;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.impact.model.Requirement;
import org.knockon.impact.model.Rules;
import org.knockon.impact.model.SystemStatus;

/** Builds a few events for a test. Times are in UTC: {@code 10:00} on 19 July 2022, or with a date for any day. */
final class Scene {

    /** So long that silence does not matter unless a test sets another value. */
    static final int DAYS_OF_SILENCE = 30 * 24 * 60;

    final Map<String, MonitoredSystem> systems = new HashMap<>();
    final Map<String, CareService> services = new HashMap<>();
    final List<Observation> observations = new ArrayList<>();
    final List<AppointmentVersion> versions = new ArrayList<>();
    Long nowFloor;

    static long at(String time) {
        String day = time.length() > 12 ? "" : "2022-07-19T";
        String seconds = time.matches(".*\\d\\d:\\d\\d:.*") ? "" : ":00";
        return Instant.parse(day + time + seconds + "Z").toEpochMilli();
    }

    static long minutes(long minutes) {
        return Duration.ofMinutes(minutes).toMillis();
    }

    Scene system(String systemId, String... dependsOn) {
        return system(systemId, 0, 0, DAYS_OF_SILENCE, dependsOn);
    }

    /** With confirmAfter, recoverAfter and silenceAfter in minutes. */
    Scene system(String systemId, int confirm, int recover, int silence, String... dependsOn) {
        var policy = new MonitoringPolicy(minutes(confirm), minutes(recover), minutes(silence));
        systems.put(
                systemId,
                new MonitoredSystem(systemId, systemId, "RJ1", "application", Set.of(dependsOn), policy, null));
        return this;
    }

    Scene seen(String systemId, String time, SystemStatus status) {
        return seenBy("m1", systemId, time, status);
    }

    Scene seenBy(String monitor, String systemId, String time, SystemStatus status) {
        observations.add(new Observation(systemId, status, at(time), monitor, null));
        return this;
    }

    /** DOWN from one time to another, reported by the only monitor. */
    Scene down(String systemId, String from, String until) {
        return seen(systemId, from, SystemStatus.DOWN).seen(systemId, until, SystemStatus.UP);
    }

    /** Sets now, with an observation of a system that no service needs. */
    Scene now(String time) {
        return system("clock").seen("clock", time, SystemStatus.UP);
    }

    Scene service(String serviceId, Requirement... requires) {
        services.put(
                serviceId,
                new CareService(serviceId, serviceId, "RJ1", "RJ121", "300", Category.OUTPATIENT, List.of(requires)));
        return this;
    }

    /** A requirement with capability RECORDS and a tolerance in minutes. */
    static Requirement needs(String systemId, int toleranceMinutes) {
        return needs(systemId, Capability.RECORDS, toleranceMinutes);
    }

    static Requirement needs(String systemId, Capability capability, int toleranceMinutes) {
        return new Requirement(systemId, capability, minutes(toleranceMinutes));
    }

    /** The next version of an appointment at the clinic, half an hour long, written long before the outages. */
    Scene booked(String appointmentId, String slot) {
        return version(appointmentId, AppointmentStatus.BOOKED, null, "clinic", slot, "2022-07-01T09:00");
    }

    Scene version(
            String appointmentId,
            AppointmentStatus status,
            ChangeReason reason,
            String serviceId,
            String slot,
            String updatedAt) {
        return version(appointmentId, nextSequence(appointmentId), status, reason, serviceId, slot, updatedAt, null);
    }

    Scene version(
            String appointmentId,
            long sequence,
            AppointmentStatus status,
            ChangeReason reason,
            String serviceId,
            String slot,
            String updatedAt,
            String replaces) {
        versions.add(new AppointmentVersion(
                appointmentId,
                sequence,
                status,
                reason,
                serviceId,
                at(slot),
                at(slot) + minutes(30),
                Priority.ROUTINE,
                "p",
                replaces,
                at(updatedAt),
                null));
        return this;
    }

    /** The next version of an appointment at the clinic that replaces another. */
    Scene replacement(
            String appointmentId,
            String replaces,
            AppointmentStatus status,
            ChangeReason reason,
            String slot,
            String updatedAt) {
        long sequence = nextSequence(appointmentId);
        return version(appointmentId, sequence, status, reason, "clinic", slot, updatedAt, replaces);
    }

    private long nextSequence(String appointmentId) {
        return versions.stream()
                .filter(version -> version.appointmentId().equals(appointmentId))
                .count();
    }

    Verdict judge() {
        return BatchOracle.judge(new Inputs(systems, services, observations, versions, nowFloor), Rules.DEFAULT);
    }

    List<Outage> outages() {
        return judge().outages().values().stream().map(PublishedOutage::outage).toList();
    }

    Outage onlyOutage() {
        List<Outage> outages = outages();
        if (outages.size() != 1) {
            throw new AssertionError("expected one outage, found " + outages);
        }
        return outages.get(0);
    }

    Impact impact(String appointmentId) {
        return judge().impacts().get(appointmentId);
    }

    /** NONE without an impact. */
    ImpactState state(String appointmentId) {
        Impact impact = impact(appointmentId);
        return impact == null ? ImpactState.NONE : impact.state();
    }
}
