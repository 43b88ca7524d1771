package org.knockon.feeds.catalogue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.knockon.impact.model.MonitoredSystem;

/** Finds systems that depend on themselves, directly or through others. */
final class DependencyCycles {

    /** Dependencies that may be part of a cycle. */
    private final Map<String, List<String>> open = new LinkedHashMap<>();

    private DependencyCycles(SortedMap<String, MonitoredSystem> systems) {
        systems.forEach((id, system) ->
                open.put(id, system.dependsOn().stream().sorted().toList()));
    }

    /** Shortest cycles, each from a system back to the same one: every system that is in a cycle is in one of them. */
    static List<List<String>> of(SortedMap<String, MonitoredSystem> systems) {
        return new DependencyCycles(systems).find();
    }

    private List<List<String>> find() {
        removeEnds();
        List<List<String>> cycles = new ArrayList<>();
        Set<String> listed = new HashSet<>();
        for (String system : open.keySet()) {
            if (!listed.contains(system)) {
                List<String> cycle = shortest(system);
                if (!cycle.isEmpty()) {
                    listed.addAll(cycle);
                    cycles.add(cycle);
                }
            }
        }
        return cycles;
    }

    /** Removes the systems whose dependencies end: usually all, so that a search remains for few. */
    private void removeEnds() {
        Map<String, List<String>> dependents = new HashMap<>();
        Map<String, Integer> left = new HashMap<>();
        Deque<String> ends = new ArrayDeque<>();
        open.forEach((id, dependencies) -> {
            left.put(id, dependencies.size());
            dependencies.forEach(each ->
                    dependents.computeIfAbsent(each, key -> new ArrayList<>()).add(id));
            if (dependencies.isEmpty()) {
                ends.add(id);
            }
        });
        while (!ends.isEmpty()) {
            String end = ends.remove();
            open.remove(end);
            for (String dependent : dependents.getOrDefault(end, List.of())) {
                if (left.merge(dependent, -1, Integer::sum) == 0) {
                    ends.add(dependent);
                }
            }
        }
    }

    /** Empty if the system is in no cycle. */
    private List<String> shortest(String system) {
        Map<String, String> reachedFrom = new HashMap<>();
        Deque<String> next = new ArrayDeque<>(List.of(system));
        while (!next.isEmpty()) {
            String from = next.remove();
            for (String to : open.getOrDefault(from, List.of())) {
                if (to.equals(system)) {
                    return path(system, from, reachedFrom);
                }
                if (reachedFrom.putIfAbsent(to, from) == null) {
                    next.add(to);
                }
            }
        }
        return List.of();
    }

    private static List<String> path(String system, String last, Map<String, String> reachedFrom) {
        List<String> path = new ArrayList<>(List.of(system));
        for (String at = last; !at.equals(system); at = reachedFrom.get(at)) {
            path.add(at);
        }
        path.add(system);
        Collections.reverse(path);
        return path;
    }
}
