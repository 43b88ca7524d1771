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
import org.knockon.impact.model.OutageId;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.warroom.board.BoardSnapshot;
import org.knockon.warroom.board.RootCause;
import org.knockon.warroom.drill.OutageView.Node;

/**
 * The causes and the dependents of an outage, along the dependencies of the catalogue. Each system occurs once, at its
 * least depth.
 */
final class OutageTree {

    /** Deeper chains are cut, because pages, JSON and their readers process a tree by recursion. */
    static final int MAX_LEVELS = 100;

    private final BoardSnapshot snapshot;
    private final PublishedOutage about;
    private final Map<String, SortedSet<String>> neededBy = new TreeMap<>();

    OutageTree(BoardSnapshot snapshot, PublishedOutage about) {
        this.snapshot = snapshot;
        this.about = about;
        snapshot.systems()
                .forEach((systemId, system) -> system.dependsOn()
                        .forEach(needed -> neededBy.computeIfAbsent(needed, unknown -> new TreeSet<>())
                                .add(systemId)));
    }

    /** The path to the root causes, through the systems in between. */
    List<Node> causes() {
        SortedSet<String> roots = new TreeSet<>();
        about.rootCauses().stream()
                .filter(root -> !root.equals(about.outage().id()))
                .forEach(root -> roots.add(systemOf(root)));
        Set<String> onPath = new HashSet<>(roots);
        Deque<String> next = new ArrayDeque<>(roots);
        while (!next.isEmpty()) {
            neededBy.getOrDefault(next.remove(), new TreeSet<>()).stream()
                    // A path through the system itself does not lead to its cause.
                    .filter(system -> !system.equals(about.outage().systemId()) && onPath.add(system))
                    .forEach(next::add);
        }
        return tree(roots, system -> {
            MonitoredSystem known =
                    roots.contains(system) ? null : snapshot.systems().get(system);
            return known == null
                    ? List.of()
                    : known.dependsOn().stream()
                            .filter(onPath::contains)
                            .sorted()
                            .toList();
        });
    }

    /** All systems that depend on the system, and others whose outages name this one as their root cause. */
    List<Node> follows() {
        SortedSet<String> all = new TreeSet<>(about.affectedSystems());
        snapshot.outages().stream()
                .filter(other -> other.rootCauses().contains(about.outage().id()))
                .forEach(other -> all.add(other.outage().systemId()));
        all.remove(about.outage().systemId());
        return tree(
                all,
                system -> neededBy.getOrDefault(system, new TreeSet<>()).stream()
                        .filter(all::contains)
                        .toList());
    }

    /**
     * @param wanted systems the tree must contain: those not reached through the catalogue within the depth are put at
     *     the top
     */
    private List<Node> tree(Collection<String> wanted, Function<String, List<String>> next) {
        String top = about.outage().systemId();
        Map<String, List<String>> below = new TreeMap<>();
        Set<String> seen = new HashSet<>(Set.of(top));
        List<String> level = List.of(top);
        for (int depth = 0; depth < MAX_LEVELS && !level.isEmpty(); depth++) {
            List<String> deeper = new ArrayList<>();
            for (String system : level) {
                for (String other : next.apply(system)) {
                    if (seen.add(other)) {
                        below.computeIfAbsent(system, unknown -> new ArrayList<>())
                                .add(other);
                        deeper.add(other);
                    }
                }
            }
            level = deeper;
        }
        List<String> first = new ArrayList<>(below.getOrDefault(top, List.of()));
        wanted.stream().filter(seen::add).forEach(first::add);
        return first.stream().map(system -> node(system, below)).toList();
    }

    private Node node(String systemId, Map<String, List<String>> below) {
        PublishedOutage own = snapshot.outages().stream()
                .filter(other -> other.outage().systemId().equals(systemId) && belongs(other))
                .min(Comparator.comparing((PublishedOutage other) ->
                                !about.rootCauses().contains(other.outage().id()))
                        .thenComparing(other ->
                                !other.rootCauses().contains(about.outage().id()))
                        .thenComparing(other -> other.outage().endedAt() <= snapshot.now())
                        .thenComparing(other -> -other.outage().startedAt()))
                .orElse(null);
        Outage outage = own == null ? null : own.outage();
        return new Node(
                systemId,
                name(systemId),
                outage == null ? null : outage.id(),
                outage == null ? null : Instant.ofEpochMilli(outage.startedAt()),
                outage == null || outage.endedAt() > snapshot.now() ? null : Instant.ofEpochMilli(outage.endedAt()),
                own != null && RootCause.isOne(own),
                below.getOrDefault(systemId, List.of()).stream()
                        .map(other -> node(other, below))
                        .toList());
    }

    /** Whether both have a root cause in common: outages may outlast the root cause that they follow from. */
    private boolean belongs(PublishedOutage other) {
        return other.outage().overlaps(about.outage()) || !Collections.disjoint(rootCauses(other), rootCauses(about));
    }

    private static List<String> rootCauses(PublishedOutage outage) {
        return outage.rootCauses().isEmpty() ? List.of(outage.outage().id()) : outage.rootCauses();
    }

    private String name(String systemId) {
        MonitoredSystem system = snapshot.systems().get(systemId);
        return system == null ? systemId : system.name();
    }

    private static String systemOf(String outageId) {
        return OutageId.parse(outageId).map(OutageId::systemId).orElse(outageId);
    }
}
