package org.knockon.impact.model;

/**
 * When status changes of one system are believed.
 *
 * @param confirmAfter an unavailable run at least this long opens an outage
 * @param recoverAfter an available run at least this long closes it
 * @param silenceAfter with no observation for longer than this the system counts as DOWN
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
