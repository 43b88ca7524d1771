package org.knockon.impact.model;

/** Why the booking system changed an appointment, where it says. */
public enum ChangeReason {
    UNKNOWN,
    PATIENT,
    PROVIDER,
    IT_OUTAGE
}
