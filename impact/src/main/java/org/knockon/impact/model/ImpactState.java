package org.knockon.impact.model;

/** What outages did to one appointment. */
public enum ImpactState {
    UNKNOWN,
    NONE,
    /** Booked within the horizon into an outage that is still open. */
    AT_RISK,
    /** Presumed not to have happened; not recorded yet. */
    UNCONFIRMED,
    /** Took place on paper. */
    DELIVERED_IN_DOWNTIME,
    /** Postponed, no new date yet: care still owed. */
    AWAITING_DATE,
    /** Postponed, with a new date: care still owed. */
    REBOOKED,
    /** Postponed, delivered since. */
    RECOVERED,
    /** Postponed; the patient did not come or no longer wants it. */
    ABANDONED
}
