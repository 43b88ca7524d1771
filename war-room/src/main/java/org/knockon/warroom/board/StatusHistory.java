package org.knockon.warroom.board;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;

/**
 * What monitors reported about each system, as stretches of one status: weeks of "up" are one stretch. A stretch grows
 * in both directions, and a late observation may join two, so the result does not depend on the order of arrival. Each
 * system keeps its newest {@link #MAX} stretches; systems that the catalogue does not name share {@link #MAX_UNKNOWN}.
 * The free text of an observation is not kept: nothing restricts its content.
 */
public final class StatusHistory {

    /**
     * Longest gap between two observations of one stretch, milliseconds: too short to hide a silence that is evidence.
     */
    public static final long MAX_GAP = Duration.ofMinutes(5).toMillis();

    /**
     * Stretches per system, about 200 kB: ten days of two monitors that poll every quarter of an hour, or years of a
     * frequent one.
     */
    public static final int MAX = 2_000;

    /**
     * Stretches of all unknown systems together, about 25 MB at worst: the catalogue may arrive after the observations.
     */
    static final int MAX_UNKNOWN = 50_000;

    private static final Comparator<StatusStretch> IN_TIME = Comparator.comparing(StatusStretch::first)
            .thenComparing(StatusStretch::monitor)
            .thenComparing(StatusStretch::status);

    /** By system, then by monitor and status: the last instant of each stretch, by its first. */
    private final Map<String, Map<Source, TreeMap<Long, Long>>> bySystem = new HashMap<>();

    private record Source(String monitor, SystemStatus status) {}

    void add(Observation seen) {
        Map<Source, TreeMap<Long, Long>> sources =
                bySystem.computeIfAbsent(seen.systemId(), unknown -> new HashMap<>());
        join(
                sources.computeIfAbsent(new Source(seen.monitor(), seen.status()), unknown -> new TreeMap<>()),
                seen.observedAt());
        while (size(sources) > MAX) {
            forgetOldest(sources);
        }
    }

    /** @param stretches last instant of each stretch, by its first */
    private static void join(TreeMap<Long, Long> stretches, long at) {
        long first = at;
        long last = at;
        Map.Entry<Long, Long> before = stretches.floorEntry(at);
        if (before != null && at - before.getValue() <= MAX_GAP) {
            first = before.getKey();
            last = Math.max(at, before.getValue());
        }
        Map.Entry<Long, Long> after = stretches.higherEntry(at);
        if (after != null && after.getKey() - at <= MAX_GAP) {
            last = Math.max(last, after.getValue());
            stretches.remove(after.getKey());
        }
        stretches.put(first, last);
    }

    private static void forgetOldest(Map<Source, TreeMap<Long, Long>> sources) {
        sources.values().stream()
                .filter(stretches -> !stretches.isEmpty())
                .min(Comparator.comparing(stretches -> stretches.firstEntry().getValue()))
                .ifPresent(TreeMap::pollFirstEntry);
        sources.values().removeIf(TreeMap::isEmpty);
    }

    /** Drops unknown systems, those with the oldest newest observation first. */
    void forgetUnknown(Set<String> known) {
        List<String> unknown = bySystem.keySet().stream()
                .filter(system -> !known.contains(system))
                .sorted(Comparator.comparing((String system) -> newest(bySystem.get(system)))
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        int kept = 0;
        for (String system : unknown) {
            kept += size(bySystem.get(system));
            if (kept > MAX_UNKNOWN) {
                bySystem.remove(system);
            }
        }
    }

    private static int size(Map<Source, TreeMap<Long, Long>> sources) {
        return sources.values().stream().mapToInt(TreeMap::size).sum();
    }

    private static long newest(Map<Source, TreeMap<Long, Long>> sources) {
        return sources.values().stream()
                .mapToLong(stretches -> stretches.lastEntry().getValue())
                .max()
                .orElse(Long.MIN_VALUE);
    }

    /** The stretches of a system that overlap [from, to], with their full start but cut off at {@code to}. */
    List<StatusStretch> between(String systemId, long from, long to) {
        List<StatusStretch> stretchesInRange = new ArrayList<>();
        Objects.requireNonNullElse(bySystem.get(systemId), Map.<Source, TreeMap<Long, Long>>of())
                .forEach((source, stretches) -> stretches.headMap(to, true).forEach((first, last) -> {
                    if (last >= from) {
                        stretchesInRange.add(
                                new StatusStretch(source.monitor(), source.status(), first, Math.min(last, to)));
                    }
                }));
        stretchesInRange.sort(IN_TIME);
        return List.copyOf(stretchesInRange);
    }
}
