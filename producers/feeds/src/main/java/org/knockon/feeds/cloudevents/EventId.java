package org.knockon.feeds.cloudevents;

/** What makes an event one of a kind: two events with the same source and id are the same event. */
public record EventId(String source, String id) {}
