package org.knockon.producers.scenario;

/**
 * What watches systems.
 *
 * @param heartbeat how often it reports each system when nothing changes
 * @param diesWith systemId whose loss silences this monitor; null when nothing does
 */
public record Monitor(String id, long heartbeat, String diesWith) {}
