package org.knockon.oracle.worlds;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.knockon.oracle.worlds.WorldEvent.Booked;
import org.knockon.oracle.worlds.WorldEvent.CatalogueEvent;

/**
 * An order of arrival: nearly in order of time, very late, one topic before the others, or completely random. One event
 * in ten arrives twice. Only the entries of one catalogue key keep their order, because the last one to arrive counts.
 */
final class Arrival {

    private final Dice dice;

    Arrival(Dice dice) {
        this.dice = dice;
    }

    List<WorldEvent> of(List<WorldEvent> inOrder) {
        List<WorldEvent> events = new ArrayList<>(inOrder);
        for (WorldEvent event : inOrder) {
            if (dice.chance(10) && !(event instanceof CatalogueEvent)) {
                events.add(event);
            }
        }
        return catalogueInOrder(shuffle(events), inOrder);
    }

    private List<WorldEvent> shuffle(List<WorldEvent> events) {
        int kind = dice.between(0, 4);
        List<Arriving> arriving = new ArrayList<>();
        for (WorldEvent event : events) {
            double chance = dice.random().nextDouble();
            double place = switch (kind) {
                case 0 -> chance; // no order
                case 1 -> event.at() + chance * 20 * WorldTime.MINUTE; // nearly in order
                case 2 -> event.at() + (chance < 0.2 ? chance * 5 * 30 * WorldTime.HOUR : 0); // a fifth very late
                case 3 -> (event instanceof Booked ? 0 : 1) + chance; // the appointments first
                default -> (event instanceof CatalogueEvent ? 1 : 0) + chance; // the catalogue last
            };
            arriving.add(new Arriving(place, event));
        }
        return arriving.stream()
                .sorted(Comparator.comparingDouble(Arriving::place))
                .map(Arriving::event)
                .toList();
    }

    /**
     * Restores the order of the entries of each catalogue key, at their shuffled positions, and repeats some of them.
     */
    private List<WorldEvent> catalogueInOrder(List<WorldEvent> shuffled, List<WorldEvent> inOrder) {
        Map<String, Deque<WorldEvent>> entriesByKey = new HashMap<>();
        for (WorldEvent event : inOrder) {
            if (event instanceof CatalogueEvent) {
                entriesByKey
                        .computeIfAbsent(event.key(), key -> new ArrayDeque<>())
                        .add(event);
            }
        }
        List<WorldEvent> ordered = new ArrayList<>();
        for (WorldEvent event : shuffled) {
            WorldEvent next = event instanceof CatalogueEvent
                    ? entriesByKey.get(event.key()).remove()
                    : event;
            ordered.add(next);
            if (next instanceof CatalogueEvent && dice.chance(10)) {
                ordered.add(next);
            }
        }
        return ordered;
    }

    private record Arriving(double place, WorldEvent event) {}
}
