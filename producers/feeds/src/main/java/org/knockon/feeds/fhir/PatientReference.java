package org.knockon.feeds.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.knockon.feeds.json.JsonPaths;
import org.knockon.feeds.pseudonym.IdentifierRule;
import org.knockon.feeds.pseudonym.PatientPseudonyms;

/** The pseudonym of an appointment's patient. */
final class PatientReference {

    private static final String BY_REFERENCE = "reference";

    private final FhirFeedSettings settings;
    private final PatientPseudonyms pseudonyms;

    PatientReference(FhirFeedSettings settings, PatientPseudonyms pseudonyms) {
        this.settings = settings;
        this.pseudonyms = pseudonyms;
    }

    /**
     * From an identifier that the feeds file names, else from the reference to the patient. References that mean
     * something only inside the message are not used: {@code #patient} would be the same for all patients.
     */
    Optional<String> of(JsonNode appointment, ResourceIndex index) {
        List<Actor> patients = JsonPaths.entries(appointment, "participant").stream()
                .map(participant -> Actor.of(participant.path("actor"), appointment, index))
                .filter(actor -> actor.type().equals("Patient"))
                .toList();
        return patients.stream()
                .flatMap(patient -> pseudonyms.of(rule -> identifier(rule, patient)).stream())
                .findFirst()
                .or(() -> patients.stream()
                        .flatMap(patient -> patient.typeAndId().stream())
                        .map(reference -> pseudonyms.of(BY_REFERENCE, settings.appointmentId(reference)))
                        .findFirst());
    }

    private static Optional<String> identifier(IdentifierRule rule, Actor patient) {
        return value(
                        patient,
                        identifier -> JsonPaths.text(identifier, "system")
                                .filter(rule.fhir()::contains)
                                .isPresent())
                .or(() -> rule.any() ? value(patient, identifier -> true) : Optional.empty());
    }

    private static Optional<String> value(Actor patient, Predicate<JsonNode> fits) {
        return patient.identifiers().stream()
                .filter(fits)
                .flatMap(identifier -> JsonPaths.text(identifier, "value").stream())
                .findFirst();
    }
}
