package org.knockon.feeds.cloudevents;

/**
 * One feed of CloudEvents.
 *
 * @param monitor name in the records of observations that leave it out
 */
public record CloudEventFeedSettings(String name, String monitor) {}
