package org.knockon.impact.cascade;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Follows dependencies over any number of steps. "Up" leads from a system to its dependents, "down" to its
 * dependencies. Only systems in the catalogue have edges. The dependents of a system are cached when they are first
 * asked for: a new edge extends the cached sets, a removed edge discards those that used it.
 */
final class DependencyPaths {

    /** Greatest number of systems in a short walk. With more, searching from the other end is cheaper. */
    static final int SHORT_WALK = 512;

    /**
     * Most words (8 bytes) in the cache, so that a chain of 50,000 systems with an outage each cannot fill the memory.
     */
    private static final long MOST_WORDS = 6_000_000;

    private final List<SystemNode> cached = new ArrayList<>();
    private final ArrayDeque<SystemNode> open = new ArrayDeque<>();
    private final BitSet cycle = new BitSet();
    private SystemNode cycleOf;
    private long cycleVersion;
    private long words;
    private long searches;
    private long version;
    private int walk;

    /** Changes with every edge. */
    long version() {
        return version;
    }

    /** Number of searches for the dependents of a system so far: a measure of work. */
    long searches() {
        return searches;
    }

    /**
     * The numbers of the system and of all its dependents, direct or not; empty if it is not in the catalogue. The
     * caller must not change the result.
     */
    BitSet withDependents(SystemNode node) {
        if (node.withDependents == null) {
            if (words > MOST_WORDS) {
                cached.forEach(other -> other.withDependents = null);
                cached.clear();
                words = 0;
            }
            BitSet reached = new BitSet();
            if (node.present()) {
                searches++;
                extend(reached, node);
            }
            node.withDependents = reached;
            cached.add(node);
            words += reached.size() / Long.SIZE;
        }
        return node.withDependents;
    }

    /** Adds the system and its dependents, using cached sets on the way. */
    private void extend(BitSet reached, SystemNode node) {
        reached.set(node.number);
        open.push(node);
        while (!open.isEmpty()) {
            for (SystemNode dependent : open.pop().dependents) {
                if (!dependent.present() || reached.get(dependent.number)) {
                    continue;
                }
                if (dependent.withDependents == null || dependent.withDependents == reached) {
                    reached.set(dependent.number);
                    open.push(dependent);
                } else {
                    reached.or(dependent.withDependents);
                }
            }
        }
    }

    /** Visits, once each, those of these systems that are in the catalogue and all their dependents, direct or not. */
    void walkUp(Collection<SystemNode> starts, Consumer<SystemNode> visitor) {
        walk++;
        for (SystemNode start : starts) {
            if (start.present()) {
                continueUp(start, visitor);
            }
        }
    }

    /** Begins a walk of several parts. No part visits a system that another part has visited. */
    void beginWalk() {
        walk++;
    }

    /** Adds a part to the walk: the start, even if it is not in the catalogue, and its dependents, direct or not. */
    void continueUp(SystemNode start, Consumer<SystemNode> visitor) {
        if (start.walk == walk) {
            return;
        }
        ArrayDeque<SystemNode> waiting = new ArrayDeque<>();
        start.walk = walk;
        waiting.push(start);
        while (!waiting.isEmpty()) {
            SystemNode node = waiting.pop();
            visitor.accept(node);
            if (!node.present()) {
                continue;
            }
            for (SystemNode dependent : node.dependents) {
                if (dependent.present() && dependent.walk != walk) {
                    dependent.walk = walk;
                    waiting.push(dependent);
                }
            }
        }
    }

    /**
     * Visits, once each, those of these systems that are in the catalogue and all their dependencies, direct or not.
     */
    void walkDown(Collection<SystemNode> starts, Consumer<SystemNode> visitor) {
        walk++;
        ArrayDeque<SystemNode> waiting = new ArrayDeque<>();
        for (SystemNode start : starts) {
            step(start, waiting);
        }
        while (!waiting.isEmpty()) {
            SystemNode node = waiting.pop();
            visitor.accept(node);
            node.dependsOn.forEach(next -> step(next, waiting));
        }
    }

    /**
     * The system and all its dependencies, direct or not; empty if it is not in the catalogue.
     *
     * @return null if these are more than {@link #SHORT_WALK}
     */
    List<SystemNode> withFewDependencies(SystemNode start) {
        if (!start.present()) {
            return List.of();
        }
        if (start.manyDependenciesAt == version) {
            return null;
        }
        walk++;
        List<SystemNode> found = new ArrayList<>();
        start.walk = walk;
        found.add(start);
        for (int i = 0; i < found.size(); i++) {
            for (SystemNode next : found.get(i).dependsOn) {
                if (next.present() && next.walk != walk) {
                    next.walk = walk;
                    found.add(next);
                }
                if (found.size() > SHORT_WALK || (next.manyDependenciesAt == version && next.present())) {
                    start.manyDependenciesAt = version;
                    return null;
                }
            }
        }
        return found;
    }

    /**
     * The system and all its dependents, direct or not; only itself if it is not in the catalogue.
     *
     * @return null if these are more than {@link #SHORT_WALK}
     */
    List<SystemNode> withFewDependents(SystemNode start) {
        if (start.manyDependentsAt == version) {
            return null;
        }
        walk++;
        List<SystemNode> found = new ArrayList<>();
        start.walk = walk;
        found.add(start);
        for (int i = 0; i < found.size() && found.get(i).present(); i++) {
            for (SystemNode next : found.get(i).dependents) {
                if (next.present() && next.walk != walk) {
                    next.walk = walk;
                    found.add(next);
                }
                if (found.size() > SHORT_WALK || (next.manyDependentsAt == version && next.present())) {
                    start.manyDependentsAt = version;
                    return null;
                }
            }
        }
        return found;
    }

    /** Whether each of the two systems depends on the other, or they are the same. */
    boolean inOneCycle(SystemNode one, SystemNode other) {
        if (cycleOf != one || cycleVersion != version) {
            BitSet dependents = new BitSet();
            walkUp(List.of(one), node -> dependents.set(node.number));
            cycle.clear();
            walkDown(List.of(one), node -> cycle.set(node.number));
            cycle.and(dependents);
            cycleOf = one;
            cycleVersion = version;
        }
        return cycle.get(other.number);
    }

    private void step(SystemNode node, ArrayDeque<SystemNode> waiting) {
        if (node.present() && node.walk != walk) {
            node.walk = walk;
            waiting.push(node);
        }
    }

    /** Called when a dependency between two systems of the catalogue was added. */
    void added(SystemNode from, SystemNode to) {
        version++;
        for (SystemNode node : cached) {
            if (node.withDependents.get(to.number) && !node.withDependents.get(from.number)) {
                int before = node.withDependents.size();
                extend(node.withDependents, from);
                words += (node.withDependents.size() - before) / Long.SIZE;
            }
        }
    }

    /** Called when a dependency between two systems of the catalogue was removed. */
    void removed(SystemNode from, SystemNode to) {
        version++;
        discard(node -> node.withDependents.get(to.number) && node.withDependents.get(from.number));
    }

    /** Discards the cached dependents of a system that enters or leaves the catalogue. */
    void forget(SystemNode system) {
        if (system.withDependents != null) {
            discard(node -> node == system);
        }
    }

    private void discard(Predicate<SystemNode> condition) {
        cached.removeIf(node -> {
            if (!condition.test(node)) {
                return false;
            }
            words -= node.withDependents.size() / Long.SIZE;
            node.withDependents = null;
            return true;
        });
    }
}
