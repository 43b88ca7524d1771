package org.knockon.impact.model;

/** FHIR R4 appointment status; the two groups decide where an episode begins and ends. */
public enum AppointmentStatus {
    /** Written by a newer schema than this build knows; such a version is ignored. */
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

    /** Holds a slot: BOOKED, ARRIVED, CHECKED_IN, FULFILLED or NOSHOW. */
    public boolean inTheBook() {
        return this == BOOKED || attended() || this == NOSHOW;
    }

    /** The patient came: ARRIVED, CHECKED_IN or FULFILLED. */
    public boolean attended() {
        return this == ARRIVED || this == CHECKED_IN || this == FULFILLED;
    }
}
