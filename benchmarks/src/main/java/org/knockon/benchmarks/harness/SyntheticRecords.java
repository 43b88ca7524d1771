package org.knockon.benchmarks.harness;

import java.util.List;
import java.util.Set;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.Requirement;
import org.knockon.impact.model.SystemStatus;

/** Builds records that are valid and otherwise plain. */
public final class SyntheticRecords {

    public static final long MINUTE = 60_000L;

    private static final int SITES = 5;
    private static final int SPECIALTIES = 40;

    private SyntheticRecords() {}

    /** Monitoring that confirms outages and recoveries after this time, and that never reports silence within a day. */
    public static MonitoringPolicy policy(long confirmMillis) {
        return new MonitoringPolicy(confirmMillis, confirmMillis, 24 * 60 * MINUTE);
    }

    public static MonitoredSystem system(String id, String name, Set<String> dependsOn, MonitoringPolicy policy) {
        return new MonitoredSystem(id, name, "ZZ9", "APPLICATION", dependsOn, policy, null);
    }

    /**
     * A clinic without tolerance.
     *
     * @param number decides its site and specialty
     */
    public static CareService service(String id, int number, List<String> systems) {
        return new CareService(
                id,
                id,
                "ZZ9",
                "ZZ90" + number % SITES,
                Integer.toString(100 + number % SPECIALTIES),
                Category.OUTPATIENT,
                systems.stream()
                        .map(system -> new Requirement(system, Capability.RECORDS, 0))
                        .toList());
    }

    public static Observation observation(String systemId, SystemStatus status, long at) {
        return new Observation(systemId, status, at, "probe", null);
    }

    /** A routine appointment of 20 minutes. */
    public static AppointmentVersion version(
            String id,
            long sequence,
            AppointmentStatus status,
            String serviceId,
            long slotStart,
            String patientRef,
            long updatedAt) {
        return version(id, sequence, status, null, serviceId, slotStart, patientRef, null, updatedAt);
    }

    /** As the other method, with the fields that are usually null. */
    public static AppointmentVersion version(
            String id,
            long sequence,
            AppointmentStatus status,
            ChangeReason reason,
            String serviceId,
            long slotStart,
            String patientRef,
            String replaces,
            long updatedAt) {
        return new AppointmentVersion(
                id,
                sequence,
                status,
                reason,
                serviceId,
                slotStart,
                slotStart + 20 * MINUTE,
                Priority.ROUTINE,
                patientRef,
                replaces,
                updatedAt,
                null);
    }
}
