package org.knockon.feeds.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.knockon.feeds.count.FeedCounts;
import org.knockon.feeds.count.FeedJournal;

/** Counts and messages of feeds as JSON. Codes only. */
final class FeedsJson {

    private FeedsJson() {}

    static String feeds(List<FeedCounts.Snapshot> feeds) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode list = json.putArray("feeds");
        for (FeedCounts.Snapshot feed : feeds) {
            ObjectNode node = list.addObject().put("name", feed.name()).put("kind", feed.kind());
            if (feed.lastMessageAt().isPresent()) {
                node.put("lastMessageAt", time(feed.lastMessageAt().getAsLong()));
            } else {
                node.putNull("lastMessageAt");
            }
            ObjectNode outcomes = node.putObject("outcomes");
            feed.outcomes().forEach((outcome, count) -> outcomes.put(outcome.text(), count));
            ObjectNode reasons = node.putObject("reasons");
            feed.reasons().forEach((reason, count) -> reasons.put(reason.text(), count));
            ObjectNode flags = node.putObject("flags");
            feed.flags().forEach((flag, count) -> flags.put(flag.text(), count));
            feed.unmapped().forEach(node.putArray("unmapped")::add);
            node.put("connections", feed.connections());
        }
        return json.toString();
    }

    static String messages(List<FeedJournal.Entry> messages) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode list = json.putArray("messages");
        for (FeedJournal.Entry message : messages) {
            ObjectNode node = list.addObject()
                    .put("receivedAt", time(message.receivedAt()))
                    .put("controlId", message.controlId())
                    .put("outcome", message.outcome().text());
            if (!message.reason().isEmpty()) {
                node.put("reason", message.reason()).put("where", message.where());
            }
            ArrayNode events = node.putArray("events");
            message.events()
                    .forEach(event -> events.addObject()
                            .put("topic", event.topic())
                            .put("key", event.key())
                            .put("status", event.status())
                            .put("at", time(event.at())));
        }
        return json.toString();
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
