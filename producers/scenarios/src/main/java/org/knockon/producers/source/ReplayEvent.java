package org.knockon.producers.source;

import org.knockon.schemas.Topic;

/**
 * One record to publish.
 *
 * @param eventTime timestamp of the record: observedAt or updatedAt, or the start of the window for the catalogue
 * @param arrivesAt when it reaches the broker; never before {@code eventTime}
 * @param arrivalOrder position among all events of the source, from 0
 * @param value a record of {@code org.knockon.impact.model}, of the topic's value type; or the {@link
 *     org.knockon.schemas.recording.RecordedRecord} of a recording, whose bytes are published as they are
 */
public record ReplayEvent(
        long eventTime, long arrivesAt, long arrivalOrder, Topic<?> topic, String key, Object value) {}
