package org.knockon.impact.model;

/**
 * Service request priority (NHS Data Dictionary: Routine, Urgent, Two Week Wait) and EMERGENCY. Never an incident
 * severity.
 */
public enum Priority {
    UNKNOWN,
    ROUTINE,
    URGENT,
    TWO_WEEK_WAIT,
    EMERGENCY
}
