package org.knockon.feeds.tables;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The care service that an appointment is for, by the rules of a feed. */
public final class ServiceRules {

    /** Attributes that name a service. The facility is in nearly every message and says nothing by itself. */
    private static final List<String> NAMING = List.of("location", "service", "resource", "clinic");

    private final String namespace;
    private final IdTable services;
    private final Optional<String> defaultService;
    private final AttributeHashes hashes;

    /**
     * @param namespace of the feed; part of the ids of services that no rule names
     * @param defaultService for appointments that name none
     */
    public ServiceRules(String namespace, IdTable services, Optional<String> defaultService, AttributeHashes hashes) {
        this.namespace = namespace;
        this.services = services;
        this.defaultService = defaultService;
        this.hashes = hashes;
    }

    /**
     * A service.
     *
     * @param unmapped names that no rule fits and that may be shown: codes, for a text may spell out an address
     * @param hashes keyed hashes of all attributes, if no rule fits
     */
    public record Service(String id, List<String> unmapped, Map<String, List<String>> hashes) {}

    /**
     * Empty if neither the attributes, nor the appointment so far, nor the settings name a service.
     *
     * @param attributes those that have a value
     * @param remembered the service so far; empty too if the sender has emptied it
     */
    public Optional<Service> service(Map<String, List<String>> attributes, Optional<String> remembered) {
        Optional<String> mapped = services.id(attributes);
        if (mapped.isPresent()) {
            return mapped.map(ServiceRules::known);
        }
        // A cancellation often has fewer segments than the booking; what is left, such as a doctor, is no other
        // service.
        boolean named = attributes.containsKey("location") || attributes.containsKey("service");
        if (!named && remembered.isPresent()) {
            return remembered.map(ServiceRules::known);
        }
        return NAMING.stream().anyMatch(attributes::containsKey)
                ? Optional.of(unmapped(attributes))
                : defaultService.map(ServiceRules::known);
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
}
