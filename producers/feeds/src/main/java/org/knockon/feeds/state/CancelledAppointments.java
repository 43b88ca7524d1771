package org.knockon.feeds.state;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.ChangeReason;

/**
 * Appointments that were cancelled, but not by the patient, and not replaced yet, by patient and service. Kept only for
 * feeds with {@code rebooking}. Thread-safe.
 */
final class CancelledAppointments {

    private final Map<String, Map<String, AppointmentVersion>> byPatientAndService = new HashMap<>();
    private final Map<String, String> keys = new HashMap<>();
    private final Set<String> replaced = new HashSet<>();

    /** @param version the newest of its appointment */
    synchronized void remember(AppointmentVersion version) {
        String id = version.appointmentId();
        if (version.replaces() != null) {
            replaced.add(version.replaces());
            remove(version.replaces());
        }
        remove(id);
        if (version.status() == AppointmentStatus.CANCELLED
                && version.changeReason() != ChangeReason.PATIENT
                && !version.patientRef().isEmpty()
                && !replaced.contains(id)) {
            String key = key(version.patientRef(), version.serviceId());
            keys.put(id, key);
            byPatientAndService
                    .computeIfAbsent(key, unused -> new LinkedHashMap<>())
                    .put(id, version);
        }
    }

    /** @param replacedIsKnown whether the appointment that it replaces is still remembered */
    synchronized void forget(AppointmentVersion version, boolean replacedIsKnown) {
        remove(version.appointmentId());
        replaced.remove(version.appointmentId());
        if (!replacedIsKnown) {
            replaced.remove(version.replaces());
        }
    }

    /** Number of ids that are kept. */
    synchronized int size() {
        return keys.size() + replaced.size();
    }

    private void remove(String id) {
        String key = keys.remove(id);
        if (key != null) {
            Map<String, AppointmentVersion> same = byPatientAndService.get(key);
            same.remove(id);
            if (same.isEmpty()) {
                byPatientAndService.remove(key);
            }
        }
    }

    /** The one that was cancelled last, at or after a time. */
    synchronized Optional<AppointmentVersion> last(
            String patientRef, String serviceId, long since, Namespaces.Owner owner) {
        return byPatientAndService.getOrDefault(key(patientRef, serviceId), Map.of()).values().stream()
                .filter(version -> version.updatedAt() >= since && owner.owns(version.appointmentId()))
                .max((a, b) -> Long.compare(a.updatedAt(), b.updatedAt()));
    }

    private static String key(String patientRef, String serviceId) {
        return patientRef + "|" + serviceId;
    }
}
