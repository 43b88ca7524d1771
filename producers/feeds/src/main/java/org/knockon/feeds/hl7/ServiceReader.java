package org.knockon.feeds.hl7;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.knockon.feeds.tables.AttributeHashes;
import org.knockon.feeds.tables.ServiceRules;
import org.knockon.impact.model.AppointmentVersion;

/** The service that an appointment belongs to, by the feed's rules. */
final class ServiceReader {
    private final ServiceRules rules;

    ServiceReader(Hl7FeedSettings settings, AttributeHashes hashes) {
        this.rules = new ServiceRules(settings.namespace(), settings.services(), settings.defaultService(), hashes);
    }

    /** Empty if neither the message, nor the appointment so far, nor the settings name a service. */
    Optional<ServiceRules.Service> service(Segments segments, String facility, Optional<AppointmentVersion> last) {
        boolean emptied = segments.emptied("AIL-3") || segments.emptied("AIS-3");
        return rules.service(
                attributes(segments, facility), emptied ? Optional.empty() : last.map(AppointmentVersion::serviceId));
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
