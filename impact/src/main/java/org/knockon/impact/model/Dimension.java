package org.knockon.impact.model;

/** What impact counts are broken down by. SYSTEM, OUTAGE and CAPABILITY are not additive. */
public enum Dimension {
    UNKNOWN,
    ALL,
    ORGANISATION,
    SITE,
    SERVICE,
    SPECIALTY,
    CATEGORY,
    PRIORITY,
    SITE_CATEGORY,
    SLOT_HOUR,
    SLOT_DAY_CATEGORY,
    SERVICE_HOUR,
    SYSTEM,
    OUTAGE,
    CAPABILITY
}
