package org.knockon.impact.model;

/**
 * A system that a care service needs.
 *
 * @param tolerance how long the service can work without it, under downtime procedures, in milliseconds
 */
public record Requirement(String systemId, Capability capability, long tolerance) {
    public Requirement {
        if (tolerance < 0) {
            throw new IllegalArgumentException("tolerance must not be negative, but it is " + tolerance + " ms");
        }
    }
}
