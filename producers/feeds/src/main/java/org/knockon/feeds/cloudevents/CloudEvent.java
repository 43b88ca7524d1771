package org.knockon.feeds.cloudevents;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * One event.
 *
 * @param time as written; empty if it was left out
 * @param data JSON; missing if the event has none
 * @param path of the event in its message: empty, or such as {@code [3].} in a batch
 */
record CloudEvent(EventId id, String type, Optional<String> time, JsonNode data, String path) {}
