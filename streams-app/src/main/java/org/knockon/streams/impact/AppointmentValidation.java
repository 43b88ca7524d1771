package org.knockon.streams.impact;

import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.streams.failure.InvalidEventException;
import org.knockon.streams.failure.Raw;

/** Which appointment snapshots can be true. */
final class AppointmentValidation {

    /** Longest slot, milliseconds. Outages look this far back for slots that reach into them. */
    static final long LONGEST_SLOT = 24 * 60 * 60 * 1000L;

    private AppointmentValidation() {}

    static AppointmentVersion require(String key, Raw<?> raw) {
        if (!(raw.value() instanceof AppointmentVersion version)) {
            throw new InvalidEventException(
                    "value is null: an appointment ends with a status (CANCELLED, ENTERED_IN_ERROR), not with a tombstone");
        }
        if (version.appointmentId() == null || version.appointmentId().isBlank()) {
            throw new InvalidEventException("appointmentId is empty");
        }
        if (!version.appointmentId().equals(key)) {
            throw new InvalidEventException(
                    "key '" + key + "' is not the appointmentId '" + version.appointmentId() + "'");
        }
        if (version.serviceId() == null
                || version.serviceId().isBlank()
                || version.serviceId().indexOf('\0') >= 0) {
            throw new InvalidEventException("serviceId of appointment '" + key + "' is empty or holds a NUL");
        }
        if (version.status() == AppointmentStatus.UNKNOWN) {
            return version; // written by a newer schema, whose rules for slots are not known here; it will be ignored
        }
        long length = version.slotEnd() - version.slotStart();
        if (length < 0) {
            throw new InvalidEventException(
                    "slotEnd of appointment '" + key + "' is before its slotStart, by " + -length / 1000 + " s");
        }
        if (length > LONGEST_SLOT) {
            throw new InvalidEventException("slot of appointment '" + key + "' is longer than 24 hours");
        }
        return version;
    }
}
