package org.knockon.feeds.receive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;

/**
 * Observations that could not be published when they were made. They are published late, with their own times, so that
 * a time without Kafka does not look like an outage of every system. Of each system, minute and status one is kept, at
 * most those of the last 24 hours. Thread-safe.
 */
public final class LateObservations {

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long KEPT = Duration.ofHours(24).toMillis();
    /** Of 100 systems for a day. */
    private static final int MOST = 150_000;

    private record Key(String systemId, long minute, SystemStatus status) {}

    private final Map<Key, Observation> kept = new LinkedHashMap<>();

    /** Of one status, the first of a minute is kept: an outage began then, if it is one. */
    synchronized void keep(List<Observation> observations, long now) {
        for (Observation each : observations) {
            kept.putIfAbsent(new Key(each.systemId(), each.observedAt() / MINUTE, each.status()), each);
        }
        kept.values().removeIf(each -> each.observedAt() < now - KEPT);
        var oldest = kept.keySet().iterator();
        while (kept.size() > MOST) {
            oldest.next();
            oldest.remove();
        }
    }

    /** Some of them, the oldest first; they stay until they are {@linkplain #published published}. */
    synchronized List<Observation> next(int atMost) {
        List<Observation> next = new ArrayList<>();
        for (Observation each : kept.values()) {
            if (next.size() == atMost) {
                break;
            }
            next.add(each);
        }
        return next;
    }

    synchronized void published(List<Observation> some) {
        kept.values().removeAll(Set.copyOf(some));
    }

    synchronized boolean isEmpty() {
        return kept.isEmpty();
    }

    synchronized int size() {
        return kept.size();
    }
}
