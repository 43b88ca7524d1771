package org.knockon.impact.model;

/** Why an appointment was changed, as the booking system recorded it. */
public enum ChangeReason {
    UNKNOWN,
    PATIENT,
    /** For a clinical reason, such as a test result. Like PATIENT, it never counts as caused by an outage. */
    CLINICAL,
    PROVIDER,
    IT_OUTAGE
}
