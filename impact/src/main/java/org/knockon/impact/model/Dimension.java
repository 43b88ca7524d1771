package org.knockon.impact.model;

/**
 * How impact counts are broken down. SYSTEM, OUTAGE and CAPABILITY are not additive: an appointment may count in
 * several cells.
 */
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
