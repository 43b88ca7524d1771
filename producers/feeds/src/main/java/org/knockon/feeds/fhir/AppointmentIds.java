package org.knockon.feeds.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.knockon.feeds.json.JsonPaths;

/** Finds the id of an appointment, and of the one that it replaces. */
final class AppointmentIds {

    private static final Set<String> REPLACES =
            Set.of("request-replaces", "extension-Appointment.replaces", "replaces");

    private final FhirFeedSettings settings;

    AppointmentIds(FhirFeedSettings settings) {
        this.settings = settings;
    }

    /** @param fullUrl of the Bundle's entry, for resources that have no id of their own */
    Optional<String> of(JsonNode appointment, Optional<String> fullUrl) {
        return identifier(JsonPaths.entries(appointment, "identifier"))
                .or(() -> JsonPaths.text(appointment, "id"))
                .or(() -> fullUrl.map(References::id).filter(id -> !id.isBlank()))
                .map(settings::appointmentId);
    }

    /** Null if the appointment replaces none. */
    String replaced(JsonNode appointment, ResourceIndex index) {
        return JsonPaths.entries(appointment, "extension").stream()
                .filter(extension -> JsonPaths.text(extension, "url")
                        .map(References::id)
                        .filter(REPLACES::contains)
                        .isPresent())
                .flatMap(extension -> replaced(extension, appointment, index).stream())
                .findFirst()
                .map(settings::appointmentId)
                .orElse(null);
    }

    private Optional<String> replaced(JsonNode extension, JsonNode appointment, ResourceIndex index) {
        Optional<String> plain = JsonPaths.text(extension, "valueIdentifier", "value");
        if (plain.isPresent()) {
            return plain;
        }
        Actor old = Actor.of(extension.path("valueReference"), appointment, index);
        Optional<String> byReference = old.resourceId()
                .or(() -> old.reference().isEmpty() || old.reference().startsWith("#")
                        ? Optional.empty()
                        : Optional.of(References.id(old.reference())).filter(id -> !id.isBlank()));
        // The id has to be of the kind that the replaced appointment itself was given.
        return settings.identifier().isPresent()
                ? identifier(old.identifiers()).or(() -> anyIdentifier(old)).or(() -> byReference)
                : byReference.or(() -> anyIdentifier(old));
    }

    private Optional<String> identifier(List<JsonNode> identifiers) {
        return settings.identifier()
                .flatMap(system -> identifiers.stream()
                        .filter(identifier ->
                                JsonPaths.text(identifier, "system").equals(Optional.of(system)))
                        .flatMap(identifier -> JsonPaths.text(identifier, "value").stream())
                        .findFirst());
    }

    private static Optional<String> anyIdentifier(Actor actor) {
        return actor.identifiers().stream()
                .flatMap(identifier -> JsonPaths.text(identifier, "value").stream())
                .findFirst();
    }
}
