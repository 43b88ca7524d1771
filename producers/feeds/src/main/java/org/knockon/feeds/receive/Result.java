package org.knockon.feeds.receive;

import java.util.List;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.RememberedAppointment;
import org.knockon.feeds.publish.Publication;
import org.knockon.schemas.FeedState;

/**
 * What a message became, ready to be published.
 *
 * @param messages each is counted; those that are refused become records too
 * @param publications everything else that is published, states included
 * @param versions to be remembered
 * @param states to be remembered
 * @param ended keys of states to be forgotten
 */
record Result(
        Envelope envelope,
        List<MappedMessage> messages,
        List<Publication> publications,
        List<RememberedAppointment> versions,
        List<FeedState> states,
        List<String> ended) {

    Result {
        messages = List.copyOf(messages);
        publications = List.copyOf(publications);
        versions = List.copyOf(versions);
        states = List.copyOf(states);
        ended = List.copyOf(ended);
    }

    /** Names sizes only: the content must not appear in a log. */
    @Override
    public String toString() {
        return "Result[" + messages.size() + " messages, " + publications.size() + " publications]";
    }
}
