package org.knockon.impact.model;

/** Status of a system as a monitor saw it. The order is from best to worst. */
public enum SystemStatus {
    /** From a newer schema than this build knows; detection ignores it. */
    UNKNOWN,
    UP,
    DEGRADED,
    MAINTENANCE,
    DOWN;

    /** Whether users cannot work with the system: DOWN or MAINTENANCE. Maintenance differs only in being announced. */
    public boolean unavailable() {
        return this == DOWN || this == MAINTENANCE;
    }
}
