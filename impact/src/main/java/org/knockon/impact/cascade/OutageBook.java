package org.knockon.impact.cascade;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.knockon.impact.model.Outage;

/** The outages known, by system and start. */
final class OutageBook {

    private final Map<String, TreeMap<Long, Outage>> bySystem = new HashMap<>();

    /** Returns what stood in its place, or null. */
    Outage put(Outage outage) {
        return bySystem.computeIfAbsent(outage.systemId(), id -> new TreeMap<>())
                .put(outage.startedAt(), outage);
    }

    /** Returns what was removed, or null. */
    Outage remove(String systemId, long startedAt) {
        TreeMap<Long, Outage> outages = bySystem.get(systemId);
        return outages == null ? null : outages.remove(startedAt);
    }

    /** In order of start. */
    Collection<Outage> of(String systemId) {
        TreeMap<Long, Outage> outages = bySystem.get(systemId);
        return outages == null ? List.of() : outages.values();
    }
}
