package org.knockon.impact.model;

/**
 * One system-health event.
 *
 * @param observedAt when the monitor made the observation, not when the event arrived
 * @param detail text that the monitor added; null for none. No rule uses it
 */
public record Observation(String systemId, SystemStatus status, long observedAt, String monitor, String detail) {

    /** Identifies the observation without its content, which must not appear in a log or a message. */
    @Override
    public String toString() {
        return "Observation[" + systemId + " at " + observedAt + "]";
    }
}
