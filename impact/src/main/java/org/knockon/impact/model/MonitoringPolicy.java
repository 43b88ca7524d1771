package org.knockon.impact.model;

/**
 * How long the status of a system must last to count.
 *
 * @param confirmAfter unavailability of at least this length opens an outage
 * @param recoverAfter availability of at least this length closes it
 * @param silenceAfter without an observation for longer than this, the system counts as DOWN
 */
public record MonitoringPolicy(long confirmAfter, long recoverAfter, long silenceAfter) {
    public MonitoringPolicy {
        if (confirmAfter < 0 || recoverAfter < 0 || silenceAfter <= 0) {
            throw new IllegalArgumentException(
                    "confirmAfter and recoverAfter must not be negative and silenceAfter must be positive, but they are "
                            + confirmAfter + ", " + recoverAfter + " and " + silenceAfter + " ms");
        }
    }
}
