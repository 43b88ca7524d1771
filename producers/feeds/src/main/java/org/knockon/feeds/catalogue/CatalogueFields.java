package org.knockon.feeds.catalogue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Requirement;
import org.knockon.impact.model.ServiceStandard;

/** The fields of records as text, by their names in the schema. Records with equal fields mean the same. */
final class CatalogueFields {

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;

    private CatalogueFields() {}

    static Map<String, String> of(MonitoredSystem system) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", system.name());
        fields.put("organisation", system.organisation());
        fields.put("kind", system.kind());
        fields.put("dependsOn", String.join(", ", new TreeSet<>(system.dependsOn())));
        fields.put("monitoring.confirmAfterSeconds", seconds(system.monitoring().confirmAfter()));
        fields.put("monitoring.recoverAfterSeconds", seconds(system.monitoring().recoverAfter()));
        fields.put("monitoring.silenceAfterSeconds", seconds(system.monitoring().silenceAfter()));
        ServiceStandard standard = system.standard();
        if (standard != null) {
            if (standard.availabilityPercent() != null) {
                fields.put(
                        "standard.availabilityPercent",
                        standard.availabilityPercent().toPlainString());
            }
            fields.put("standard.longestOutageMinutes", Integer.toString(standard.longestOutageMinutes()));
        }
        return fields;
    }

    static Map<String, String> of(CareService service) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", service.name());
        fields.put("organisation", service.organisation());
        fields.put("site", service.site());
        if (service.siteName() != null) {
            fields.put("siteName", service.siteName());
        }
        fields.put("specialty", service.specialty());
        fields.put("category", service.category().name());
        for (Requirement requirement : service.requires()) {
            fields.merge(
                    "requires " + requirement.systemId() + " " + requirement.capability(),
                    requirement.tolerance() / MINUTE + " min",
                    // Other writers may list one twice.
                    (first, second) -> first + ", " + second);
        }
        return fields;
    }

    private static String seconds(long millis) {
        return Long.toString(millis / SECOND);
    }
}
