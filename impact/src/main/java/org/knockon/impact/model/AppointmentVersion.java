package org.knockon.impact.model;

/**
 * One snapshot of one appointment.
 *
 * @param sequence increases with each version; of repeats the one with the newest {@code updatedAt} counts
 * @param changeReason null if the booking system recorded none
 * @param patientRef keyed pseudonym, never an NHS number; no rule uses it
 * @param replaces appointmentId of the appointment that this one replaces; null for none
 * @param updatedAt when the booking system wrote this version
 * @param dueIn planned time of admission, epoch milliseconds; null if none is planned or known. No rule uses it yet
 */
public record AppointmentVersion(
        String appointmentId,
        long sequence,
        AppointmentStatus status,
        ChangeReason changeReason,
        String serviceId,
        long slotStart,
        long slotEnd,
        Priority priority,
        String patientRef,
        String replaces,
        long updatedAt,
        Long dueIn) {

    /** Identifies the version without its content, which must not appear in a log or a message. */
    @Override
    public String toString() {
        return "AppointmentVersion[" + appointmentId + " #" + sequence + "]";
    }
}
