package org.knockon.producers.scenario;

/**
 * A monitor of systems.
 *
 * @param heartbeat how often it reports each system while nothing changes, in milliseconds
 * @param diesWith systemId whose loss silences this monitor; null if none does
 */
public record Monitor(String id, long heartbeat, String diesWith) {}
