package org.knockon.feeds.http;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.knockon.feeds.message.FeedRequest;
import org.knockon.feeds.message.FeedResponse;
import org.knockon.feeds.message.RefusalReason;

/** A feed whose senders use HTTP. Thread-safe. */
public interface HttpFeed {

    /** Methods that it knows, such as {@code POST}. */
    Set<String> methods();

    /**
     * Most bytes of a body.
     *
     * @param path below the feed's base
     */
    int largestBody(String path);

    /**
     * Handles a request.
     *
     * @return completed with a positive response only if everything that the message led to is on its topics
     */
    CompletionStage<FeedResponse> handle(FeedRequest request, long receivedAt);

    /**
     * Counts a request whose body was not read, and gives its response.
     *
     * @param bytes size of the body, as far as it is known
     */
    FeedResponse refuse(RefusalReason reason, String method, long bytes, long receivedAt);

    /** The response while Kafka or the registry is away, or if there is too much to do. */
    FeedResponse unavailable();
}
