package org.knockon.feeds.monitor;

import java.util.List;
import org.knockon.feeds.message.FeedResponse;
import org.knockon.feeds.message.MappedMessage;

/**
 * What a monitor's message became.
 *
 * @param response to be sent once the observations are on their topic and the state is kept
 * @param sources the alert or object behind each observation, in their order; for the headers of the records
 * @param state after the message; the state before if the message is refused
 * @param refusedParts parts of the message that were refused alone
 */
public record MonitorResult(
        FeedResponse response,
        MappedMessage message,
        List<String> sources,
        MonitorState state,
        List<MappedMessage> refusedParts) {

    public MonitorResult {
        sources = List.copyOf(sources);
        refusedParts = List.copyOf(refusedParts);
    }
}
