package org.knockon.feeds.monitor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.knockon.feeds.message.FeedResponse;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.Refusal;
import org.knockon.feeds.message.RefusalReason;

/** Responses to webhooks. They name elements, never values. */
public final class MonitorResponses {

    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private MonitorResponses() {}

    /** For a message that cannot be published now. Never 429: Alertmanager would drop the message. */
    public static FeedResponse unavailable() {
        return new FeedResponse(
                503, Map.of("Content-Type", "application/json", "Retry-After", "5"), "{\"outcome\":\"unavailable\"}");
    }

    /** The response to a message that became this. */
    public static FeedResponse of(MappedMessage message) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("outcome", message.outcome().text());
        message.refusal().ifPresent(refusal -> add(refusal, body));
        int status = message.refusal().map(refusal -> status(refusal.reason())).orElse(200);
        return new FeedResponse(status, JSON, body.toString());
    }

    private static int status(RefusalReason reason) {
        return switch (reason) {
            case UNAUTHORISED -> 401;
            case TOO_LARGE -> 413;
            case WRONG_TYPE -> 415;
            default -> 400;
        };
    }

    private static void add(Refusal refusal, ObjectNode body) {
        body.put("reason", refusal.reason().text());
        if (!refusal.where().isEmpty()) {
            body.put("where", refusal.where());
        }
    }
}
