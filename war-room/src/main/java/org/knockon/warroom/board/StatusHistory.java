package org.knockon.warroom.board;

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
 * What monitors said of each system, as stretches of one status: weeks of "up" are one of them. A stretch grows both ways and two that a
 * late observation links become one, so that the order of arrival leaves no trace. A system keeps its newest {@link #MOST} stretches,
 * and systems that nobody knows {@link #MOST_UNKNOWN} between them.
 * What a monitor adds in its own words is not kept, for nothing checks what stands in it.
 */
public final class StatusHistory {

    /** Longest gap between two observations of one stretch, milliseconds: no silence that may be evidence is lost in it. */
    public static final long SAME_STRETCH = 5 * 60 * 1000L;

    /** Stretches kept of each system, some 200 kB: ten days of two monitors that look each quarter of an hour, or years of a brisk one. */
    public static final int MOST = 2_000;

    /** Stretches kept of all systems together that the catalogue does not name, some 25 MB at worst: it may come later than they do. */
    static final int MOST_UNKNOWN = 50_000;

    private static final Comparator<StatusStretch> IN_TIME =
            Comparator.comparing(StatusStretch::first).thenComparing(StatusStretch::monitor).thenComparing(StatusStretch::status);

    private final Map<String, Map<Voice, TreeMap<Long, Long>>> heard = new HashMap<>();

    private record Voice(String monitor, SystemStatus status) {}

    void observed(Observation seen) {
        Map<Voice, TreeMap<Long, Long>> voices = heard.computeIfAbsent(seen.systemId(), unknown -> new HashMap<>());
        join(
                voices.computeIfAbsent(new Voice(seen.monitor(), seen.status()), unknown -> new TreeMap<>()),
                seen.observedAt());
        while (size(voices) > MOST) {
            forgetOldest(voices);
        }
    }

    /** @param stretches last instant of each, by its first */
    private static void join(TreeMap<Long, Long> stretches, long at) {
        long first = at;
        long last = at;
        Map.Entry<Long, Long> before = stretches.floorEntry(at);
        if (before != null && at - before.getValue() <= SAME_STRETCH) {
            first = before.getKey();
            last = Math.max(at, before.getValue());
        }
        Map.Entry<Long, Long> after = stretches.higherEntry(at);
        if (after != null && after.getKey() - at <= SAME_STRETCH) {
            last = Math.max(last, after.getValue());
            stretches.remove(after.getKey());
        }
        stretches.put(first, last);
    }

    private static void forgetOldest(Map<Voice, TreeMap<Long, Long>> voices) {
        voices.values().stream()
                .filter(stretches -> !stretches.isEmpty())
                .min(Comparator.comparing(stretches -> stretches.firstEntry().getValue()))
                .ifPresent(TreeMap::pollFirstEntry);
        voices.values().removeIf(TreeMap::isEmpty);
    }

    /** Of the systems that are not known, those go first that were not heard for longest. */
    void forgetUnknown(Set<String> known) {
        List<String> unknown = heard.keySet().stream()
                .filter(system -> !known.contains(system))
                .sorted(Comparator.comparing((String system) -> newest(heard.get(system)))
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        int kept = 0;
        for (String system : unknown) {
            kept += size(heard.get(system));
            if (kept > MOST_UNKNOWN) {
                heard.remove(system);
            }
        }
    }

    private static int size(Map<Voice, TreeMap<Long, Long>> voices) {
        return voices.values().stream().mapToInt(TreeMap::size).sum();
    }

    private static long newest(Map<Voice, TreeMap<Long, Long>> voices) {
        return voices.values().stream()
                .mapToLong(stretches -> stretches.lastEntry().getValue())
                .max()
                .orElse(Long.MIN_VALUE);
    }

    /** What was said of a system in [from, to], the beginnings of stretches before it included and their ends after it left out. */
    List<StatusStretch> of(String systemId, long from, long to) {
        List<StatusStretch> said = new ArrayList<>();
        Objects.requireNonNullElse(heard.get(systemId), Map.<Voice, TreeMap<Long, Long>>of())
                .forEach((voice, stretches) -> stretches.headMap(to, true).forEach((first, last) -> {
                    if (last >= from) {
                        said.add(new StatusStretch(voice.monitor(), voice.status(), first, Math.min(last, to)));
                    }
                }));
        said.sort(IN_TIME);
        return List.copyOf(said);
    }
}
