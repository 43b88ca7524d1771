package org.knockon.streams;

import org.knockon.impact.model.Rules;

/**
 * What the topology is told from outside.
 *
 * @param prefix of every topic name, its dot included
 * @param rules horizon and zone
 * @param clock where event time may go
 * @param retention how long, in event-time milliseconds, things are remembered after they are over
 * @param catalogueGrace how long, in wall-clock milliseconds, the catalogue may lag behind events that name its entries
 * @param slice longest that one processing step may work through waiting appointments, milliseconds
 */
public record PipelineSettings(
        String prefix, Rules rules, ClockMode clock, long retention, long catalogueGrace, long slice) {}
