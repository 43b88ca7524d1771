package org.knockon.impact.model;

/** Kind of care a service delivers. */
public enum Category {
    UNKNOWN,
    OUTPATIENT,
    DIAGNOSTIC,
    THEATRE,
    DAY_CASE,
    PATHOLOGY,
    COMMUNITY,
    OTHER
}
