package org.knockon.feeds.cloudevents;

import java.util.List;
import org.knockon.feeds.message.FeedResponse;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.RememberedAppointment;

/**
 * What a request with events became.
 *
 * @param response to be sent once everything is on its topic
 * @param messages one for each event; one in all if the request is refused, for nothing of it is published then
 * @param events their ids in the same order, to be remembered with what is published; empty if the request is refused
 * @param versions the appointments of the messages, to be remembered
 */
public record CloudEventResult(
        FeedResponse response,
        List<MappedMessage> messages,
        List<EventId> events,
        List<RememberedAppointment> versions) {

    public CloudEventResult {
        messages = List.copyOf(messages);
        events = List.copyOf(events);
        versions = List.copyOf(versions);
    }

    /** Without the content, which must not appear in a log or a message. */
    @Override
    public String toString() {
        return "CloudEventResult[" + response.status() + ", " + messages + "]";
    }
}
