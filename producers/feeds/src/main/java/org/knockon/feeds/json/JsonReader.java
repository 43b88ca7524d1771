package org.knockon.feeds.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.knockon.feeds.message.RefusalReason;
import org.knockon.feeds.message.RefusedMessageException;

/** Reads a body as one JSON value. Thread-safe. */
public final class JsonReader {

    /** Deepest nesting of objects and lists. */
    public static final int DEEPEST = 100;

    private static final String TOO_DEEP = "Document nesting depth";

    private final int longestBody;
    private final JsonMapper mapper;

    /**
     * @param longestBody in bytes
     * @param longestText longest name or text inside the body, in characters
     */
    public JsonReader(int longestBody, int longestText) {
        this.longestBody = longestBody;
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxStringLength(longestText)
                        .maxNameLength(longestText)
                        .build())
                // Names come from outside: a table of them that outlives the message would only grow.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .build();
        this.mapper = JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .build();
    }

    /**
     * @throws RefusedMessageException too-large, too-deep or unreadable; what the parser says of the content is dropped,
     *     because it quotes it
     */
    public JsonNode read(byte[] body) {
        return read(body, 0, body.length, "");
    }

    /**
     * Reads a part of a body.
     *
     * @param where name of the part, for the refusal
     */
    public JsonNode read(byte[] body, int from, int length, String where) {
        if (length > longestBody) {
            throw new RefusedMessageException(RefusalReason.TOO_LARGE, where);
        }
        try {
            JsonNode node = mapper.readTree(body, from, length);
            if (node.isMissingNode()) {
                throw new RefusedMessageException(RefusalReason.UNREADABLE, where);
            }
            return node;
        } catch (StreamConstraintsException e) {
            boolean deep = e.getOriginalMessage().startsWith(TOO_DEEP);
            throw new RefusedMessageException(deep ? RefusalReason.TOO_DEEP : RefusalReason.TOO_LARGE, where);
        } catch (IOException e) {
            throw new RefusedMessageException(RefusalReason.UNREADABLE, where);
        }
    }

    /** An object, which is what every message but a batch is. */
    public JsonNode object(byte[] body) {
        JsonNode node = read(body);
        if (!node.isObject()) {
            throw new RefusedMessageException(RefusalReason.UNREADABLE, "");
        }
        return node;
    }
}
