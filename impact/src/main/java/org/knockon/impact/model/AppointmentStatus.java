package org.knockon.impact.model;

/** FHIR R4 appointment status. {@link #inTheBook()} decides where an episode begins and ends. */
public enum AppointmentStatus {
    /** From a newer schema than this build knows; such a version is ignored. */
    UNKNOWN,
    PROPOSED,
    PENDING,
    BOOKED,
    ARRIVED,
    CHECKED_IN,
    FULFILLED,
    NOSHOW,
    CANCELLED,
    WAITLIST,
    ENTERED_IN_ERROR;

    /** Whether the appointment holds a slot: BOOKED, ARRIVED, CHECKED_IN, FULFILLED or NOSHOW. */
    public boolean inTheBook() {
        return this == BOOKED || attended() || this == NOSHOW;
    }

    /** Whether the patient came: ARRIVED, CHECKED_IN or FULFILLED. */
    public boolean attended() {
        return this == ARRIVED || this == CHECKED_IN || this == FULFILLED;
    }
}
