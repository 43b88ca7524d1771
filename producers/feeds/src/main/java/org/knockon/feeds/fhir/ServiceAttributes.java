package org.knockon.feeds.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.knockon.feeds.json.JsonPaths;
import org.knockon.feeds.tables.ShownName;

/**
 * What an appointment says of where and what it is for, under the names of the rules: location, service, resource.
 *
 * @param slots references to single slots. Rules may name them, but each appointment has its own, so they say nothing of
 *     an unknown service
 */
record ServiceAttributes(List<String> location, List<String> service, List<String> resource, List<String> slots) {

    static ServiceAttributes of(JsonNode appointment, ResourceIndex index) {
        List<String> location = new ArrayList<>();
        List<String> service = new ArrayList<>();
        List<String> resource = new ArrayList<>();
        for (JsonNode participant : JsonPaths.entries(appointment, "participant")) {
            Actor actor = Actor.of(participant.path("actor"), appointment, index);
            switch (actor.type()) {
                case "Location" -> location.addAll(actor.names());
                case "HealthcareService" -> service.addAll(actor.names());
                case "Practitioner", "PractitionerRole", "Device", "Schedule" -> resource.addAll(actor.names());
                default -> {
                    // Patients and their relatives say nothing of the service.
                }
            }
        }
        service.addAll(codes(appointment, "serviceType"));
        service.addAll(codes(appointment, "specialty"));
        List<String> slots = new ArrayList<>();
        for (JsonNode reference : JsonPaths.entries(appointment, "slot")) {
            slots.addAll(Actor.of(reference, appointment, index).names());
            JsonPaths.text(reference, "reference")
                    .flatMap(text -> index.resolve(text, appointment))
                    .map(slot -> Actor.of(slot.path("schedule"), appointment, index))
                    .ifPresent(schedule -> resource.addAll(schedule.names()));
        }
        return new ServiceAttributes(distinct(location), distinct(service), distinct(resource), distinct(slots));
    }

    /** For the rules. */
    Map<String, List<String>> all() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        all.put("location", location);
        all.put("service", service);
        all.put("resource", Stream.concat(resource.stream(), slots.stream()).toList());
        return all;
    }

    /** For the id of an unknown service, in an order that does not depend on the message. */
    Map<String, List<String>> named() {
        Map<String, List<String>> named = new LinkedHashMap<>();
        named.put("location", location.stream().sorted().toList());
        named.put("service", service.stream().sorted().toList());
        named.put("resource", resource.stream().sorted().toList());
        named.values().removeIf(List::isEmpty);
        return named;
    }

    /** Whether the message names a location or a service. A practitioner alone names neither. */
    boolean namesService() {
        return !location.isEmpty() || !service.isEmpty();
    }

    /** Those names that have the form of a code. Of a reference, the id decides. */
    List<String> shown() {
        return Stream.of(location, service, resource)
                .flatMap(List::stream)
                .filter(name -> ShownName.accepts(name.replaceFirst("^[A-Z][A-Za-z]+/", "")))
                .toList();
    }

    private static Stream<String> concepts(JsonNode concept) {
        return JsonPaths.entries(concept, "coding").stream().flatMap(coding -> JsonPaths.text(coding, "code").stream());
    }

    private static List<String> codes(JsonNode appointment, String name) {
        return JsonPaths.entries(appointment, name).stream()
                .flatMap(ServiceAttributes::concepts)
                .toList();
    }

    private static List<String> distinct(List<String> names) {
        return names.stream().distinct().toList();
    }
}
