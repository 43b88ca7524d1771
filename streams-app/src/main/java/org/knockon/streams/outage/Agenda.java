package org.knockon.streams.outage;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** When each system has to be judged again if no further observation arrives. A change takes logarithmic time. */
final class Agenda {

    private final Map<String, Entry> bySystem = new HashMap<>();
    private final TreeSet<Entry> byTime =
            new TreeSet<>(Comparator.comparingLong(Entry::at).thenComparing(Entry::systemId));

    /** @param at epoch milliseconds; {@link Long#MAX_VALUE} for never */
    void set(String systemId, long at) {
        Entry known = bySystem.get(systemId);
        if (known != null) {
            if (known.at == at) {
                return;
            }
            byTime.remove(known);
        }
        if (at == Long.MAX_VALUE) {
            bySystem.remove(systemId);
        } else {
            Entry entry = new Entry(systemId, at);
            bySystem.put(systemId, entry);
            byTime.add(entry);
        }
    }

    /** The system that is due first, if it is due by {@code now}; else null. */
    String due(long now) {
        return byTime.isEmpty() || byTime.first().at > now ? null : byTime.first().systemId;
    }

    private record Entry(String systemId, long at) {}
}
