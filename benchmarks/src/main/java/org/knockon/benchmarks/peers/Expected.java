package org.knockon.benchmarks.peers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.knockon.benchmarks.throughput.DslJoin;

/** The exact counts when everything is down. */
final class Expected {

    private Expected() {}

    /** Of appointments booked with each service in turn, as {@link org.knockon.benchmarks.Trust} does. */
    static Map<String, Long> counts(int appointments, List<String> services) {
        Map<String, Long> counts = new HashMap<>();
        for (int i = 0; i < appointments; i++) {
            counts.merge(services.get(i % services.size()), 1L, Long::sum);
        }
        counts.put(DslJoin.ALL, (long) appointments);
        return counts;
    }
}
