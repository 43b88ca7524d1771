package org.knockon.feeds.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.knockon.feeds.json.JsonPaths;
import org.knockon.feeds.message.Refusal;
import org.knockon.feeds.message.RefusalReason;
import org.knockon.feeds.message.RefusedMessageException;

/** Splits a Bundle into its entries, in their order. */
final class BundleEntries {

    private static final Map<String, FhirMessage.Kind> KINDS = Map.of(
            "transaction", FhirMessage.Kind.TRANSACTION,
            "message", FhirMessage.Kind.MESSAGE,
            "batch", FhirMessage.Kind.BATCH,
            "searchset", FhirMessage.Kind.COLLECTION,
            "collection", FhirMessage.Kind.COLLECTION,
            "history", FhirMessage.Kind.COLLECTION);
    private static final Set<FhirMessage.Kind> WITH_REQUESTS =
            Set.of(FhirMessage.Kind.TRANSACTION, FhirMessage.Kind.BATCH);

    private final FhirFeedSettings settings;
    private final AppointmentIds ids;

    BundleEntries(FhirFeedSettings settings, AppointmentIds ids) {
        this.settings = settings;
        this.ids = ids;
    }

    /** @throws RefusedMessageException if the Bundle has no type, or one that carries no changes */
    FhirMessage of(JsonNode bundle) {
        String type = JsonPaths.text(bundle, "type")
                .orElseThrow(() -> new RefusedMessageException(RefusalReason.UNREADABLE, "Bundle.type"));
        FhirMessage.Kind kind = KINDS.get(type);
        if (kind == null) {
            throw new RefusedMessageException(RefusalReason.WRONG_TYPE, "Bundle.type");
        }
        List<FhirEntry> entries = new ArrayList<>();
        for (JsonNode entry : JsonPaths.entries(bundle, "entry")) {
            entries.add(entry(entry, "Bundle.entry[" + entries.size() + "]", kind));
        }
        OptionalLong timestamp =
                JsonPaths.text(bundle, "timestamp").map(FhirTime::instant).orElse(OptionalLong.empty());
        return new FhirMessage(kind, entries, ResourceIndex.of(bundle), timestamp);
    }

    private FhirEntry entry(JsonNode entry, String path, FhirMessage.Kind kind) {
        try {
            String method = WITH_REQUESTS.contains(kind)
                    ? entry.path("request").path("method").asText()
                    : "";
            String url = entry.path("request").path("url").asText();
            return switch (method) {
                case "", "POST" -> change(entry, path);
                case "PUT" ->
                    change(entry, path) instanceof FhirEntry.Change change
                            ? url.contains("?") ? change : withId(change, References.id(url))
                            : new FhirEntry.Skipped();
                case "DELETE" -> deletion(url, path);
                default -> throw new RefusedMessageException(RefusalReason.WRONG_TYPE, path + ".request.method");
            };
        } catch (RefusedMessageException e) {
            return new FhirEntry.Bad(e.refusal(), FhirReader.status(e.refusal().reason()));
        }
    }

    /** The change, if its resource has the id that the request names. */
    static FhirEntry withId(FhirEntry.Change change, String id) {
        return JsonPaths.text(change.appointment(), "id").equals(Optional.of(id))
                ? change
                : new FhirEntry.Bad(new Refusal(RefusalReason.BAD_FIELD, change.path() + ".id"), 400);
    }

    private FhirEntry change(JsonNode entry, String path) {
        JsonNode resource = entry.path("resource");
        if (!resource.isObject()) {
            return new FhirEntry.Skipped();
        }
        String where = path + ".resource";
        String type = JsonPaths.text(resource, "resourceType")
                .orElseThrow(() -> new RefusedMessageException(RefusalReason.UNREADABLE, where + ".resourceType"));
        return type.equals(FhirReader.APPOINTMENT)
                ? new FhirEntry.Change(resource, where, ids.of(resource, JsonPaths.text(entry, "fullUrl")))
                : new FhirEntry.Skipped();
    }

    private FhirEntry deletion(String url, String path) {
        if (url.contains("?")) {
            throw new RefusedMessageException(RefusalReason.WRONG_TYPE, path + ".request.url");
        }
        return References.type(url).equals(FhirReader.APPOINTMENT)
                ? new FhirEntry.Deletion(settings.appointmentId(References.id(url)), path + ".request.url")
                : new FhirEntry.Skipped();
    }
}
