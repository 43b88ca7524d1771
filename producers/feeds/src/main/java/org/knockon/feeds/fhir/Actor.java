package org.knockon.feeds.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.knockon.feeds.json.JsonPaths;

/**
 * What a reference of an appointment points to.
 *
 * @param reference as written; empty if the sender gave only an identifier
 * @param type such as {@code Location}; empty if neither the reference nor the message says it
 * @param identifiers of the reference, then of the resource
 * @param resourceId id that the resource has on the sender's server; empty for one that exists only in the message
 */
record Actor(String reference, String type, List<JsonNode> identifiers, Optional<String> resourceId) {

    static Actor of(JsonNode node, JsonNode from, ResourceIndex index) {
        String reference = JsonPaths.text(node, "reference").orElse("");
        Optional<JsonNode> resource = index.resolve(reference, from);
        String type = JsonPaths.text(node, "type")
                .or(() -> resource.flatMap(found -> JsonPaths.text(found, "resourceType")))
                .orElseGet(() -> References.local(reference) ? "" : References.type(reference));
        List<JsonNode> identifiers = Stream.concat(
                        JsonPaths.entries(node, "identifier").stream(),
                        resource.stream().flatMap(found -> JsonPaths.entries(found, "identifier").stream()))
                .toList();
        Optional<String> id =
                reference.startsWith("#") ? Optional.empty() : resource.flatMap(found -> JsonPaths.text(found, "id"));
        return new Actor(reference, type, identifiers, id);
    }

    /** What rules compare: the reference as written, its last two parts, and the values of all identifiers. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        if (!reference.isEmpty() && !References.local(reference)) {
            names.add(reference);
            names.add(References.typeAndId(reference));
        }
        resourceId.ifPresent(id -> names.add(type + "/" + id));
        identifiers.forEach(identifier -> JsonPaths.text(identifier, "value").ifPresent(names::add));
        return names.stream().distinct().toList();
    }

    /** Type and id on the sender's server; empty for what exists only in the message. */
    Optional<String> typeAndId() {
        if (!reference.isEmpty() && !References.local(reference)) {
            return Optional.of(References.typeAndId(reference));
        }
        return resourceId.map(id -> type + "/" + id);
    }
}
