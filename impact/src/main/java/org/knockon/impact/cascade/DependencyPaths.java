package org.knockon.impact.cascade;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Follows dependencies through any number of steps. Only systems in the catalogue carry edges. What depends on a system is kept once it
 * was asked for: a new edge extends what is kept, an edge that is gone discards those that it carried.
 */
final class DependencyPaths {

    /** A walk beneath a system goes on for so many systems; where there are more, asking from the other end is cheaper. */
    static final int SHORT_WALK = 512;

    /** Most words (8 bytes) kept, so that a chain of 50,000 systems with an outage each cannot fill the memory. */
    private static final long MOST_WORDS = 6_000_000;

    private final List<SystemNode> kept = new ArrayList<>();
    private final ArrayDeque<SystemNode> open = new ArrayDeque<>();
    private final BitSet circle = new BitSet();
    private SystemNode circleOf;
    private long circleVersion;
    private long words;
    private long searches;
    private long version;
    private int walk;

    /** Changes with every edge. */
    long version() {
        return version;
    }

    /** How often what depends on a system was searched for: a measure of work. */
    long searches() {
        return searches;
    }

    /** The numbers of the system and of all that depend on it; empty when it is not in the catalogue. Not to be changed. */
    BitSet above(SystemNode node) {
        if (node.above == null) {
            if (words > MOST_WORDS) {
                kept.forEach(other -> other.above = null);
                kept.clear();
                words = 0;
            }
            BitSet reached = new BitSet();
            if (node.present()) {
                searches++;
                extend(reached, node);
            }
            node.above = reached;
            kept.add(node);
            words += reached.size() / Long.SIZE;
        }
        return node.above;
    }

    /** Adds the system and what depends on it. What is known of a system on the way is taken as it is. */
    private void extend(BitSet reached, SystemNode node) {
        reached.set(node.number);
        open.push(node);
        while (!open.isEmpty()) {
            for (SystemNode dependent : open.pop().dependents) {
                if (!dependent.present() || reached.get(dependent.number)) {
                    continue;
                }
                if (dependent.above == null || dependent.above == reached) {
                    reached.set(dependent.number);
                    open.push(dependent);
                } else {
                    reached.or(dependent.above);
                }
            }
        }
    }

    /** Visits each system in the catalogue that is one of these or depends on one, once. */
    void walkUp(Collection<SystemNode> starts, Consumer<SystemNode> visitor) {
        walk++;
        for (SystemNode start : starts) {
            if (start.present()) {
                goUp(start, visitor);
            }
        }
    }

    /** Begins a walk of several parts, none of which visits what another has visited. */
    void beginWalk() {
        walk++;
    }

    /** A part of the walk that was begun: the start, whether or not it is in the catalogue, and what depends on it. */
    void goUp(SystemNode start, Consumer<SystemNode> visitor) {
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

    /** Visits each system in the catalogue that is one of these or that one of these depends on, once. */
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
     * The system and all it depends on, when it is in the catalogue.
     *
     * @return null when these are more than {@link #SHORT_WALK}
     */
    List<SystemNode> fewBeneath(SystemNode start) {
        if (!start.present()) {
            return List.of();
        }
        if (start.deepAt == version) {
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
                if (found.size() > SHORT_WALK || (next.deepAt == version && next.present())) {
                    start.deepAt = version;
                    return null;
                }
            }
        }
        return found;
    }

    /** The same upwards. */
    List<SystemNode> fewAbove(SystemNode start) {
        if (start.highAt == version) {
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
                if (found.size() > SHORT_WALK || (next.highAt == version && next.present())) {
                    start.highAt = version;
                    return null;
                }
            }
        }
        return found;
    }

    /** Whether each of the two depends on the other, or they are one. */
    boolean inOneCircle(SystemNode one, SystemNode other) {
        if (circleOf != one || circleVersion != version) {
            BitSet above = new BitSet();
            walkUp(List.of(one), node -> above.set(node.number));
            circle.clear();
            walkDown(List.of(one), node -> circle.set(node.number));
            circle.and(above);
            circleOf = one;
            circleVersion = version;
        }
        return circle.get(other.number);
    }

    private void step(SystemNode node, ArrayDeque<SystemNode> waiting) {
        if (node.present() && node.walk != walk) {
            node.walk = walk;
            waiting.push(node);
        }
    }

    /** An edge between two systems of the catalogue is new. */
    void added(SystemNode from, SystemNode to) {
        version++;
        for (SystemNode node : kept) {
            if (node.above.get(to.number) && !node.above.get(from.number)) {
                int before = node.above.size();
                extend(node.above, from);
                words += (node.above.size() - before) / Long.SIZE;
            }
        }
    }

    /** An edge between two systems of the catalogue is gone. */
    void removed(SystemNode from, SystemNode to) {
        version++;
        discard(node -> node.above.get(to.number) && node.above.get(from.number));
    }

    /** The system has come into the catalogue, or is about to leave it, and nothing is known of it but its name. */
    void forget(SystemNode system) {
        if (system.above != null) {
            discard(node -> node == system);
        }
    }

    private void discard(Predicate<SystemNode> condition) {
        kept.removeIf(node -> {
            if (!condition.test(node)) {
                return false;
            }
            words -= node.above.size() / Long.SIZE;
            node.above = null;
            return true;
        });
    }
}
