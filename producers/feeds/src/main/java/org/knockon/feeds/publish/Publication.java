package org.knockon.feeds.publish;

import java.util.List;
import java.util.Optional;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Observation;
import org.knockon.schemas.FeedState;
import org.knockon.schemas.RefusedMessage;

/**
 * Everything that one message leads to.
 *
 * @param feed name of the feed
 * @param messageId the sender's id of the message, such as a control id or a fingerprint
 * @param states what must be known again after a restart
 * @param ended keys of states that have ended
 */
public record Publication(
        String feed,
        String messageId,
        List<AppointmentVersion> appointments,
        List<Observation> observations,
        Optional<RefusedMessage> refusal,
        List<FeedState> states,
        List<String> ended) {

    public Publication {
        appointments = List.copyOf(appointments);
        observations = List.copyOf(observations);
        states = List.copyOf(states);
        ended = List.copyOf(ended);
    }

    /** What a mapped message says, with what must be known of it later. */
    public static Publication of(String feed, String messageId, MappedMessage message, List<FeedState> states) {
        return new Publication(
                feed, messageId, message.appointments(), message.observations(), Optional.empty(), states, List.of());
    }

    public static Publication refused(RefusedMessage refusal) {
        return new Publication(
                refusal.feed(), refusal.controlId(), List.of(), List.of(), Optional.of(refusal), List.of(), List.of());
    }

    /** Names the feed, without the content, which must not appear in a log. */
    @Override
    public String toString() {
        return "Publication[" + feed + "]";
    }
}
