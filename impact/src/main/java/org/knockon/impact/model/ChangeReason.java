package org.knockon.impact.model;

/** Why an appointment was changed, if the booking system recorded it. */
public enum ChangeReason {
    UNKNOWN,
    PATIENT,
    /** For the patient's health, such as a test result; like PATIENT it never counts as broken by an outage. */
    CLINICAL,
    PROVIDER,
    IT_OUTAGE
}
