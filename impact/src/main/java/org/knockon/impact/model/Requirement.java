package org.knockon.impact.model;

/**
 * A care service's need of one system.
 *
 * @param tolerance how long the service goes on under downtime procedures after losing it
 */
public record Requirement(String systemId, Capability capability, long tolerance) {
    public Requirement {
        if (tolerance < 0) {
            throw new IllegalArgumentException("tolerance must not be negative, but it is " + tolerance + " ms");
        }
    }
}
