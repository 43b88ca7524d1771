package org.knockon.warroom.drill;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.warroom.board.BoardSnapshot;
import org.knockon.warroom.board.RootCause;
import org.knockon.warroom.drill.OutageView.Node;

/** What an outage follows from, and what follows from it, along the dependencies of the catalogue. Each system stands once, as near as it can. */
final class OutageTree {

    /** Deeper chains are cut, because pages, JSON and their readers walk a tree by recursion. */
    static final int MOST_LEVELS = 100;

    private final BoardSnapshot standing;
    private final PublishedOutage about;
    private final Map<String, SortedSet<String>> neededBy = new TreeMap<>();

    OutageTree(BoardSnapshot standing, PublishedOutage about) {
        this.standing = standing;
        this.about = about;
        standing.systems()
                .forEach((systemId, system) -> system.dependsOn()
                        .forEach(needed -> neededBy.computeIfAbsent(needed, unknown -> new TreeSet<>())
                                .add(systemId)));
    }

    /** Down to the root causes, along systems through which they are reached. */
    List<Node> causes() {
        SortedSet<String> roots = new TreeSet<>();
        about.rootCauses().stream()
                .filter(root -> !root.equals(about.outage().id()))
                .forEach(root -> roots.add(systemOf(root)));
        Set<String> onTheWay = new HashSet<>(roots);
        Deque<String> next = new ArrayDeque<>(roots);
        while (!next.isEmpty()) {
            neededBy.getOrDefault(next.remove(), new TreeSet<>()).stream()
                    // What is reached through the system itself is no way to its cause.
                    .filter(system -> !system.equals(about.outage().systemId()) && onTheWay.add(system))
                    .forEach(next::add);
        }
        return tree(roots, system -> {
            MonitoredSystem known =
                    roots.contains(system) ? null : standing.systems().get(system);
            return known == null
                    ? List.of()
                    : known.dependsOn().stream()
                            .filter(onTheWay::contains)
                            .sorted()
                            .toList();
        });
    }

    /** Everything that cannot do without the system, and what else names its outage as root cause. */
    List<Node> follows() {
        SortedSet<String> all = new TreeSet<>(about.affectedSystems());
        standing.outages().stream()
                .filter(other -> other.rootCauses().contains(about.outage().id()))
                .forEach(other -> all.add(other.outage().systemId()));
        all.remove(about.outage().systemId());
        return tree(
                all,
                system -> neededBy.getOrDefault(system, new TreeSet<>()).stream()
                        .filter(all::contains)
                        .toList());
    }

    /** @param wanted systems that must stand in it: those that the catalogue does not lead to within the levels stand at the top */
    private List<Node> tree(Collection<String> wanted, Function<String, List<String>> next) {
        String top = about.outage().systemId();
        Map<String, List<String>> below = new TreeMap<>();
        Set<String> met = new HashSet<>(Set.of(top));
        List<String> level = List.of(top);
        for (int depth = 0; depth < MOST_LEVELS && !level.isEmpty(); depth++) {
            List<String> deeper = new ArrayList<>();
            for (String system : level) {
                for (String other : next.apply(system)) {
                    if (met.add(other)) {
                        below.computeIfAbsent(system, unknown -> new ArrayList<>())
                                .add(other);
                        deeper.add(other);
                    }
                }
            }
            level = deeper;
        }
        List<String> first = new ArrayList<>(below.getOrDefault(top, List.of()));
        wanted.stream().filter(met::add).forEach(first::add);
        return first.stream().map(system -> node(system, below)).toList();
    }

    private Node node(String systemId, Map<String, List<String>> below) {
        PublishedOutage own = standing.outages().stream()
                .filter(other -> other.outage().systemId().equals(systemId) && belongs(other))
                .min(Comparator.comparing((PublishedOutage other) ->
                                !about.rootCauses().contains(other.outage().id()))
                        .thenComparing(other ->
                                !other.rootCauses().contains(about.outage().id()))
                        .thenComparing(other -> other.outage().endedAt() <= standing.now())
                        .thenComparing(other -> -other.outage().startedAt()))
                .orElse(null);
        Outage outage = own == null ? null : own.outage();
        return new Node(
                systemId,
                name(systemId),
                outage == null ? null : outage.id(),
                outage == null ? null : Instant.ofEpochMilli(outage.startedAt()),
                outage == null || outage.endedAt() > standing.now() ? null : Instant.ofEpochMilli(outage.endedAt()),
                own != null && RootCause.isOne(own),
                below.getOrDefault(systemId, List.of()).stream()
                        .map(other -> node(other, below))
                        .toList());
    }

    /** A root cause, which is its own, reaches further than its time by way of what follows from it. */
    private boolean belongs(PublishedOutage other) {
        return other.outage().overlaps(about.outage()) || !Collections.disjoint(rootCauses(other), rootCauses(about));
    }

    private static List<String> rootCauses(PublishedOutage outage) {
        return outage.rootCauses().isEmpty() ? List.of(outage.outage().id()) : outage.rootCauses();
    }

    private String name(String systemId) {
        MonitoredSystem system = standing.systems().get(systemId);
        return system == null ? systemId : system.name();
    }

    private static String systemOf(String outageId) {
        int at = outageId.lastIndexOf('@');
        return at < 0 ? outageId : outageId.substring(0, at);
    }
}
