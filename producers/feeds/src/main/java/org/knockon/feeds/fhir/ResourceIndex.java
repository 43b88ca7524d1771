package org.knockon.feeds.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.knockon.feeds.json.JsonPaths;

/** The resources of one message, found by the references of others. */
final class ResourceIndex {

    private final Map<String, JsonNode> byReference = new HashMap<>();

    static ResourceIndex empty() {
        return new ResourceIndex();
    }

    /** Indexes the entries of a Bundle by their full URL and by type and id. */
    static ResourceIndex of(JsonNode bundle) {
        ResourceIndex index = new ResourceIndex();
        for (JsonNode entry : JsonPaths.entries(bundle, "entry")) {
            JsonNode resource = entry.path("resource");
            JsonPaths.text(entry, "fullUrl").ifPresent(url -> index.byReference.putIfAbsent(url, resource));
            JsonPaths.text(resource, "id")
                    .ifPresent(id -> index.byReference.putIfAbsent(
                            resource.path("resourceType").asText() + "/" + id, resource));
        }
        return index;
    }

    /**
     * The resource that a reference names, if the message holds it.
     *
     * @param from the resource that holds the reference, and with it what it contains
     */
    Optional<JsonNode> resolve(String reference, JsonNode from) {
        if (reference.startsWith("#")) {
            String id = reference.substring(1);
            return JsonPaths.entries(from, "contained").stream()
                    .filter(contained -> JsonPaths.text(contained, "id").equals(Optional.of(id)))
                    .findFirst();
        }
        JsonNode found = byReference.get(reference);
        return Optional.ofNullable(
                found != null || References.local(reference)
                        ? found
                        : byReference.get(References.typeAndId(reference)));
    }
}
