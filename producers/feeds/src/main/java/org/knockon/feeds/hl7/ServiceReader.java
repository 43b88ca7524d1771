package org.knockon.feeds.hl7;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.knockon.feeds.tables.AttributeHashes;
import org.knockon.feeds.tables.IdTable;
import org.knockon.feeds.tables.ShownName;
import org.knockon.impact.model.AppointmentVersion;

/** The service that an appointment belongs to, by the feed's rules. */
final class ServiceReader {
    /** Attributes that name a service. The facility is in nearly every message and says nothing by itself. */
    private static final List<String> NAMING = List.of("location", "service", "resource", "clinic");

    private final String namespace;
    private final IdTable services;
    private final Optional<String> defaultService;
    private final AttributeHashes hashes;

    ServiceReader(Hl7FeedSettings settings, AttributeHashes hashes) {
        this.namespace = settings.namespace();
        this.services = settings.services();
        this.defaultService = settings.defaultService();
        this.hashes = hashes;
    }

    /**
     * The service of a message.
     *
     * @param unmapped names that no rule fits and that may be shown: codes, for a text may spell out an address
     * @param hashes keyed hashes of all attributes, if no rule fits
     */
    record Service(String id, List<String> unmapped, Map<String, List<String>> hashes) {}

    /** Empty if neither the message, nor the appointment so far, nor the settings name a service. */
    Optional<Service> service(Segments segments, String facility, Optional<AppointmentVersion> last) {
        Map<String, List<String>> attributes = attributes(segments, facility);
        Optional<String> mapped = services.id(attributes);
        if (mapped.isPresent()) {
            return mapped.map(ServiceReader::known);
        }
        // A cancellation often has fewer segments than the booking; what is left, such as a doctor, is no other
        // service.
        boolean named = attributes.containsKey("location") || attributes.containsKey("service");
        boolean emptied = segments.emptied("AIL-3") || segments.emptied("AIS-3");
        Optional<String> remembered = named || emptied ? Optional.empty() : last.map(AppointmentVersion::serviceId);
        if (remembered.isPresent()) {
            return remembered.map(ServiceReader::known);
        }
        return NAMING.stream().anyMatch(attributes::containsKey)
                ? Optional.of(unmapped(attributes))
                : defaultService.map(ServiceReader::known);
    }

    private Service unmapped(Map<String, List<String>> attributes) {
        List<String> shown = NAMING.stream()
                .flatMap(name -> attributes.getOrDefault(name, List.of()).stream())
                .filter(ShownName::accepts)
                .distinct()
                .toList();
        return new Service(hashes.unmappedId(namespace, attributes), shown, hashes.of(attributes));
    }

    private static Service known(String id) {
        return new Service(id, List.of(), Map.of());
    }

    private static Map<String, List<String>> attributes(Segments segments, String facility) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        put(all, "location", Stream.concat(segments.whole("AIL", 3).stream(), segments.whole("PV1", 3).stream()));
        put(all, "service", segments.texts(FieldRef.parse("AIS-3")));
        put(
                all,
                "resource",
                Stream.concat(segments.texts(FieldRef.parse("AIG-3")), segments.texts(FieldRef.parse("AIP-3"))));
        put(all, "facility", Stream.of(facility).filter(text -> !text.isBlank()));
        put(all, "clinic", segments.texts(FieldRef.parse("SCH-5")));
        return all;
    }

    private static void put(Map<String, List<String>> all, String name, Stream<String> values) {
        List<String> list = values.distinct().toList();
        if (!list.isEmpty()) {
            all.put(name, list);
        }
    }
}
