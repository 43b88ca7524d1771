package org.knockon.impact.model;

/** What a system provides to a care service. */
public enum Capability {
    UNKNOWN,
    RECORDS,
    ORDER_COMMS,
    RESULTS,
    IMAGING,
    PATHOLOGY,
    PRESCRIBING,
    SCHEDULING,
    THEATRE_MANAGEMENT,
    TELEPHONY,
    NETWORK,
    OTHER
}
