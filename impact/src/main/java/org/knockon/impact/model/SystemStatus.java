package org.knockon.impact.model;

/** What a monitor saw of a system, by rising badness: of two, the worse is the one declared later. */
public enum SystemStatus {
    /** Written by a newer schema than this build knows; never enters detection. */
    UNKNOWN,
    UP,
    DEGRADED,
    MAINTENANCE,
    DOWN;

    /** DOWN and MAINTENANCE both keep users out; maintenance was merely announced. */
    public boolean unavailable() {
        return this == DOWN || this == MAINTENANCE;
    }
}
