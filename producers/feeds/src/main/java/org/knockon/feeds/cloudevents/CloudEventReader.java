package org.knockon.feeds.cloudevents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.knockon.feeds.json.JsonPaths;
import org.knockon.feeds.json.JsonReader;
import org.knockon.feeds.message.FeedRequest;
import org.knockon.feeds.message.RefusalReason;
import org.knockon.feeds.message.RefusedMessageException;

/** Reads events in the three forms that HTTP knows: binary, structured, batch. */
final class CloudEventReader {

    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final String VERSION = "1.0";

    private final JsonReader json;

    CloudEventReader(int largestBody, int longestText) {
        this.json = new JsonReader(largestBody, longestText);
    }

    /** @throws RefusedMessageException if the request is no event */
    List<CloudEvent> read(FeedRequest request) {
        return switch (request.mediaType()) {
            case STRUCTURED -> List.of(structured(json.read(request.body()), ""));
            case BATCH -> batch(json.read(request.body()));
            default -> List.of(binary(request));
        };
    }

    private CloudEvent binary(FeedRequest request) {
        Function<String, Optional<String>> attribute = name ->
                request.header("ce-" + name).map(CloudEventReader::decoded).filter(text -> !text.isBlank());
        EventId id = id(attribute, "ce-");
        String type = required(attribute, "type", "ce-");
        String media = request.mediaType();
        if (!(media.equals("application/json") || media.endsWith("+json")) || !request.utf8()) {
            throw new RefusedMessageException(RefusalReason.WRONG_TYPE, "Content-Type");
        }
        return new CloudEvent(id, type, attribute.apply("time"), json.read(request.body()), "");
    }

    private List<CloudEvent> batch(JsonNode list) {
        if (!list.isArray()) {
            throw new RefusedMessageException(RefusalReason.UNREADABLE, "");
        }
        List<CloudEvent> events = new ArrayList<>();
        for (JsonNode event : list) {
            events.add(structured(event, "[" + events.size() + "]."));
        }
        return events;
    }

    private CloudEvent structured(JsonNode event, String path) {
        if (!event.isObject()) {
            throw new RefusedMessageException(RefusalReason.UNREADABLE, path.isEmpty() ? "" : path + "event");
        }
        Function<String, Optional<String>> attribute = name -> JsonPaths.text(event, name);
        EventId id = id(attribute, path);
        String type = required(attribute, "type", path);
        return new CloudEvent(id, type, attribute.apply("time"), data(event, path), path);
    }

    private JsonNode data(JsonNode event, String path) {
        JsonNode encoded = event.path("data_base64");
        if (encoded.isMissingNode()) {
            return event.has("data") ? event.path("data") : MissingNode.getInstance();
        }
        byte[] bytes;
        try {
            bytes = encoded.binaryValue();
        } catch (IOException e) {
            bytes = null;
        }
        if (bytes == null) {
            throw new RefusedMessageException(RefusalReason.UNREADABLE, path + "data_base64");
        }
        return json.read(bytes, 0, bytes.length, path + "data_base64");
    }

    private static EventId id(Function<String, Optional<String>> attribute, String prefix) {
        if (!attribute.apply("specversion").equals(Optional.of(VERSION))) {
            throw new RefusedMessageException(RefusalReason.WRONG_VERSION, prefix + "specversion");
        }
        return new EventId(required(attribute, "source", prefix), required(attribute, "id", prefix));
    }

    private static String required(Function<String, Optional<String>> attribute, String name, String prefix) {
        return attribute
                .apply(name)
                .orElseThrow(() -> new RefusedMessageException(RefusalReason.UNREADABLE, prefix + name));
    }

    /** Headers carry texts outside of ASCII percent-encoded. */
    private static String decoded(String header) {
        try {
            return URLDecoder.decode(header.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return header;
        }
    }
}
