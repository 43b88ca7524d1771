package org.knockon.streams.settings;

import org.knockon.impact.model.Rules;

/**
 * Parameters of the topology.
 *
 * @param prefix of every topic name, including its dot
 * @param rules horizon and zone
 * @param clock how event time advances
 * @param retentionMs how long things are kept after they are over, in milliseconds of event time
 * @param catalogueGraceMs how long the catalogue may lag behind events that name its entries, in milliseconds of wall
 *     clock
 * @param maxTurnMs longest that one turn may work on waiting appointments, in milliseconds
 */
public record PipelineSettings(
        String prefix, Rules rules, ClockMode clock, long retentionMs, long catalogueGraceMs, long maxTurnMs) {}
