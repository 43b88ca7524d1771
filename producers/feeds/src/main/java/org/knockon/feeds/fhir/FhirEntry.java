package org.knockon.feeds.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.knockon.feeds.message.Refusal;

/** One part of a message: a resource, a deletion, or what cannot be either. */
sealed interface FhirEntry {

    /** @param path of the resource inside the message, such as {@code Bundle.entry[2].resource} */
    record Change(JsonNode appointment, String path, Optional<String> appointmentId) implements FhirEntry {}

    /** @param id the appointment's id, with the namespace */
    record Deletion(String id, String path) implements FhirEntry {}

    /** Another type of resource, which says nothing of appointments. */
    record Skipped() implements FhirEntry {}

    /** @param status of the HTTP response for this entry alone */
    record Bad(Refusal refusal, int status) implements FhirEntry {}
}
