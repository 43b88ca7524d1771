package org.knockon.feeds.cloudevents;

/** The events that were published lately. */
public interface RecentEvents {

    boolean contains(EventId event);
}
