package org.knockon.feeds.catalogue;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;

/** Systems and care services by id. */
public record CatalogueRecords(SortedMap<String, MonitoredSystem> systems, SortedMap<String, CareService> services) {

    /** The ids of all systems and care services. */
    public SortedSet<String> ids() {
        SortedSet<String> ids = new TreeSet<>(systems.keySet());
        ids.addAll(services.keySet());
        return ids;
    }

    /** How many requirements all services have together. */
    public int requirements() {
        return services.values().stream()
                .mapToInt(service -> service.requires().size())
                .sum();
    }
}
