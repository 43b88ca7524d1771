package org.knockon.impact.model;

/** What an outage rests on. */
public enum Evidence {
    UNKNOWN,
    /** At least one unavailable instant was reported by a monitor. */
    OBSERVED,
    /** Nothing but silence longer than the system's {@code silenceAfter}. */
    SILENCE
}
