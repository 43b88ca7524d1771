package org.knockon.feeds.message;

import java.util.Map;

/**
 * An HTTP response of a feed. A positive one may be sent only after everything that the message led to is on its topic.
 *
 * @param body JSON; empty for none
 */
public record FeedResponse(int status, Map<String, String> headers, String body) {

    public FeedResponse {
        headers = Map.copyOf(headers);
    }

    /** Whether the sender may forget the message. */
    public boolean positive() {
        return status >= 200 && status < 300;
    }
}
