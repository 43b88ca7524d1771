package org.knockon.impact.model;

/**
 * One system-health event.
 *
 * @param observedAt when the monitor looked, not when the event arrived
 * @param detail what the monitor added; null when nothing. Plays no part in any rule
 */
public record Observation(String systemId, SystemStatus status, long observedAt, String monitor, String detail) {

    /** Which observation it is and nothing of its content, which must not reach a log or a message. */
    @Override
    public String toString() {
        return "Observation[" + systemId + " at " + observedAt + "]";
    }
}
