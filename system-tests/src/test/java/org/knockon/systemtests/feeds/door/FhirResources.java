package org.knockon.systemtests.feeds.door;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Priority;

/** Writes versions of appointments as a booking system with FHIR R4 does. */
final class FhirResources {

    static final String SYSTEM = "https://rj1.example/appointment";
    static final String NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number";
    /** The number in a resource is its place here and one. */
    static final List<Priority> PRIORITIES =
            List.of(Priority.EMERGENCY, Priority.URGENT, Priority.TWO_WEEK_WAIT, Priority.ROUTINE);

    private FhirResources() {}

    static String of(AppointmentVersion version) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("resourceType", "Appointment");
        json.putObject("meta").put("lastUpdated", time(version.updatedAt()));
        json.putArray("identifier").addObject().put("system", SYSTEM).put("value", version.appointmentId());
        json.put("status", version.status().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("start", time(version.slotStart()))
                .put("end", time(version.slotEnd()))
                .put("priority", PRIORITIES.indexOf(version.priority()) + 1);
        if (version.changeReason() != null) {
            json.putObject("cancelationReason").put("text", SiuMessages.REASONS.get(version.changeReason()));
        }
        if (version.replaces() != null) {
            json.putArray("extension")
                    .addObject()
                    .put("url", "http://hl7.org/fhir/StructureDefinition/request-replaces")
                    .putObject("valueReference")
                    .putObject("identifier")
                    .put("value", version.replaces());
        }
        ArrayNode participants = json.putArray("participant");
        participants.addObject().putObject("actor").put("reference", "Location/" + version.serviceId());
        if (!version.patientRef().isEmpty()) {
            participants
                    .addObject()
                    .putObject("actor")
                    .put("reference", "Patient/1")
                    .putObject("identifier")
                    .put("system", NHS_NUMBER)
                    .put("value", version.patientRef());
        }
        return json.toString();
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
