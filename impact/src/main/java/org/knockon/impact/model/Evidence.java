package org.knockon.impact.model;

/** How an outage was detected. */
public enum Evidence {
    UNKNOWN,
    /** A monitor reported the system unavailable at least once. */
    OBSERVED,
    /** Inferred only from silence longer than the system's {@code silenceAfter}. */
    SILENCE
}
