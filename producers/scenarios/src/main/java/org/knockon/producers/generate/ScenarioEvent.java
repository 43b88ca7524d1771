package org.knockon.producers.generate;

import org.knockon.schemas.Topic;

/**
 * One record of a scenario, as published on its topic.
 *
 * @param eventTime timestamp of the record: observedAt or updatedAt, or the start of the window for the catalogue
 * @param arrivesAt when it reaches the broker; never before {@code eventTime}
 * @param arrivalOrder position among all events of the scenario, from 0
 * @param value a record of {@code org.knockon.impact.model}, of the topic's value type
 */
public record ScenarioEvent(
        long eventTime, long arrivesAt, long arrivalOrder, Topic<?> topic, String key, Object value) {}
