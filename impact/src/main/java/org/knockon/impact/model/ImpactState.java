package org.knockon.impact.model;

/** What outages did to one appointment. */
public enum ImpactState {
    UNKNOWN,
    NONE,
    /** Booked within the horizon into an outage that is still open. */
    AT_RISK,
    /** Presumed not to have happened; nobody has said yet. */
    UNCONFIRMED,
    /** Took place on paper. */
    DELIVERED_IN_DOWNTIME,
    /** Care still owed, no new date. */
    POSTPONED,
    /** Care still owed, new date given. */
    REBOOKED,
    /** Postponed once, delivered since. */
    RECOVERED,
    /** Postponed once, and the patient will not come any more. */
    ABANDONED
}
