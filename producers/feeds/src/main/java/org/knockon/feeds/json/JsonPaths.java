package org.knockon.feeds.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Reads members that may be missing or of another type than expected: then they are treated as missing. */
public final class JsonPaths {

    private JsonPaths() {}

    /** The text at a path of member names; empty if there is none or it is blank. */
    public static Optional<String> text(JsonNode node, String... names) {
        JsonNode found = node;
        for (String name : names) {
            found = found.path(name);
        }
        return found.isTextual() && !found.textValue().isBlank()
                ? Optional.of(found.textValue().strip())
                : Optional.empty();
    }

    /** The entries of a list; a single value counts as a list of one, and a missing one as empty. */
    public static List<JsonNode> entries(JsonNode node, String name) {
        JsonNode found = node.path(name);
        if (found.isMissingNode() || found.isNull()) {
            return List.of();
        }
        return found.isArray()
                ? StreamSupport.stream(found.spliterator(), false).toList()
                : List.of(found);
    }
}
