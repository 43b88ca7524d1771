package org.knockon.feeds.catalogue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Requirement;
import org.knockon.impact.model.ServiceStandard;
import org.knockon.producers.yaml.Item;
import org.knockon.producers.yaml.Section;
import org.knockon.schemas.Topics;
import org.knockon.schemas.limits.Limit;

/** Makes records of the entries of a catalogue, and reports every mistake at its place. */
final class CatalogueParser {

    /** Those of the schema. */
    static final long CONFIRM_AFTER_SECONDS = 120;

    static final long RECOVER_AFTER_SECONDS = 300;
    static final long SILENCE_AFTER_SECONDS = 300;

    private static final String SYSTEM_ID = "systemId";
    private static final String SERVICE_ID = "serviceId";
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final CatalogueLimits<MonitoredSystem> OF_SYSTEMS = new CatalogueLimits<>(Topics.SYSTEMS);
    private static final CatalogueLimits<CareService> OF_SERVICES = new CatalogueLimits<>(Topics.CARE_SERVICES);
    /** UNKNOWN is for readers of newer data. */
    private static final Set<Capability> CAPABILITIES = EnumSet.complementOf(EnumSet.of(Capability.UNKNOWN));

    private static final Set<Category> CATEGORIES = EnumSet.complementOf(EnumSet.of(Category.UNKNOWN));

    /** The order in which a service lists them has no meaning. One order makes equal lists equal. */
    static final Comparator<Requirement> ORDER = Comparator.comparing(Requirement::systemId)
            .thenComparing(Requirement::capability)
            .thenComparing(Requirement::tolerance);

    private final CatalogueEntries entries;
    private final Set<String> systemIds;
    private final Set<String> serviceIds;
    private final Map<String, List<Requirement>> requirements = new HashMap<>();
    private final Map<String, Integer> firstLines = new HashMap<>();
    private final SortedMap<String, MonitoredSystem> systems = new TreeMap<>();
    private final SortedMap<String, CareService> services = new TreeMap<>();

    CatalogueParser(CatalogueEntries entries) {
        this.entries = entries;
        // Entries may name others that follow later.
        systemIds = ids(entries.systems(), SYSTEM_ID);
        serviceIds = ids(entries.services(), SERVICE_ID);
    }

    private static Set<String> ids(List<Item> items, String key) {
        Set<String> ids = new LinkedHashSet<>();
        for (Item item : items) {
            // The section is not closed: which keys are unknown is reported when the whole entry is read.
            String id = item.section().optional(key).text(null);
            if (id != null) {
                ids.add(id);
            }
        }
        return ids;
    }

    CatalogueRecords parse() {
        entries.requirements().forEach(this::requirementOfTable);
        entries.systems().forEach(this::system);
        entries.services().forEach(this::service);
        return new CatalogueRecords(systems, services);
    }

    private void system(Item item) {
        try (Section section = item.section()) {
            Item id = section.required(SYSTEM_ID);
            String systemId = id.text("");
            MonitoredSystem system = new MonitoredSystem(
                    systemId,
                    section.required("name").text(""),
                    section.optional("organisation").text(""),
                    section.optional("kind").text(""),
                    dependsOn(section.optional("dependsOn")),
                    monitoring(section.optional("monitoring")),
                    standard(section.optional("standard")));
            if (!systemId.isEmpty()) {
                OF_SYSTEMS.check(id, systemId, system);
                if (isNew("system", systemId, id)) {
                    systems.put(systemId, system);
                }
            }
        }
    }

    private Set<String> dependsOn(Item item) {
        Set<String> names = new HashSet<>();
        for (Item entry : item.list()) {
            String name = entry.reference("system", systemIds, null);
            if (name != null && !names.add(name)) {
                entry.reject("'" + name + "' is given twice", "");
            }
        }
        return names;
    }

    private static MonitoringPolicy monitoring(Item item) {
        try (Section section = item.section()) {
            return new MonitoringPolicy(
                    SECOND * seconds(section, "confirmAfterSeconds", CONFIRM_AFTER_SECONDS),
                    SECOND * seconds(section, "recoverAfterSeconds", RECOVER_AFTER_SECONDS),
                    SECOND * seconds(section, "silenceAfterSeconds", SILENCE_AFTER_SECONDS));
        }
    }

    private static long seconds(Section section, String key, long fallback) {
        return OF_SYSTEMS.whole(section.optional(key), "monitoring." + key, fallback);
    }

    private static ServiceStandard standard(Item item) {
        if (!item.present()) {
            return null;
        }
        try (Section section = item.section()) {
            Limit.Decimal<MonitoredSystem> percent = OF_SYSTEMS.find(
                    "standard.availabilityPercent",
                    limit -> limit instanceof Limit.Decimal<MonitoredSystem> decimal ? decimal : null);
            return new ServiceStandard(
                    section.optional("availabilityPercent").decimal(percent.from(), percent.to(), null),
                    (int) OF_SYSTEMS.whole(
                            section.required("longestOutageMinutes"), "standard.longestOutageMinutes", 0));
        }
    }

    private void service(Item item) {
        try (Section section = item.section()) {
            Item id = section.required(SERVICE_ID);
            String serviceId = id.text("");
            List<Requirement> requires = new ArrayList<>(requirements.getOrDefault(serviceId, List.of()));
            for (Item entry : section.optional("requires").list()) {
                try (Section requirement = entry.section()) {
                    requirement(requirement, requires);
                }
            }
            CareService service = new CareService(
                    serviceId,
                    section.required("name").text(""),
                    section.optional("organisation").text(""),
                    section.required("site").text(""),
                    section.optional("siteName").text(null),
                    section.optional("specialty").text(""),
                    section.required("category").oneOf(Category.class, CATEGORIES, Category.OTHER),
                    requires.stream().sorted(ORDER).toList());
            if (!serviceId.isEmpty()) {
                OF_SERVICES.check(id, serviceId, service);
                if (isNew("care service", serviceId, id)) {
                    services.put(serviceId, service);
                }
            }
        }
    }

    private void requirementOfTable(Item row) {
        try (Section section = row.section()) {
            String serviceId = section.required(SERVICE_ID).reference("care service", serviceIds, "");
            requirement(section, requirements.computeIfAbsent(serviceId, key -> new ArrayList<>()));
        }
    }

    private void requirement(Section section, List<Requirement> others) {
        Item system = section.required(SYSTEM_ID);
        String systemId = system.reference("system", systemIds, null);
        Capability capability = section.required("capability").oneOf(Capability.class, CAPABILITIES, Capability.OTHER);
        long tolerance =
                MINUTE * OF_SERVICES.whole(section.required("toleranceMinutes"), "requires[].toleranceMinutes", 0);
        if (systemId == null) {
            return;
        }
        boolean repeated = others.stream()
                .anyMatch(other -> other.systemId().equals(systemId) && other.capability() == capability);
        if (repeated) {
            system.reject(
                    "the care service requires '" + systemId + "' for " + capability + " twice", "keep one of them");
        } else {
            others.add(new Requirement(systemId, capability, tolerance));
        }
    }

    private boolean isNew(String what, String id, Item item) {
        Integer first = firstLines.putIfAbsent(what + " " + id, item.line());
        if (first != null) {
            item.reject(what + " '" + id + "' is defined twice", "the first is in line " + first);
        }
        return first == null;
    }
}
