package org.knockon.impact.model;

/**
 * One snapshot of one appointment.
 *
 * @param sequence rises with each version; repeats are settled by {@code updatedAt}
 * @param changeReason null when the booking system gave none
 * @param patientRef keyed pseudonym, never an NHS number; plays no part in any rule
 * @param replaces the appointmentId this one was booked in place of; null when it replaces none
 * @param updatedAt when the booking system wrote this version
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
        long updatedAt) {

    /** Which version it is and nothing of its content, which must not reach a log or a message. */
    @Override
    public String toString() {
        return "AppointmentVersion[" + appointmentId + " #" + sequence + "]";
    }
}
