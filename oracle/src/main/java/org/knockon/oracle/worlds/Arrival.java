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
 * An order of arrival: nearly in time, badly late, one topic before all others, or no order at all; and one event in
 * ten arrives again. Only the entries of one catalogue key keep their order: of those the newest to arrive holds.
 */
final class Arrival {

    private final Dice dice;

    Arrival(Dice dice) {
        this.dice = dice;
    }

    List<WorldEvent> of(List<WorldEvent> inTime) {
        List<WorldEvent> events = new ArrayList<>(inTime);
        for (WorldEvent event : inTime) {
            if (dice.chance(10) && !(event instanceof CatalogueEvent)) {
                events.add(event);
            }
        }
        return catalogueInOrder(shuffle(events), inTime);
    }

    private List<WorldEvent> shuffle(List<WorldEvent> events) {
        int kind = dice.between(0, 4);
        List<Arriving> arriving = new ArrayList<>();
        for (WorldEvent event : events) {
            double chance = dice.random().nextDouble();
            double place = switch (kind) {
                case 0 -> chance; // no order
                case 1 -> event.at() + chance * 20 * WorldTime.MINUTE; // nearly in time
                case 2 -> event.at() + (chance < 0.2 ? chance * 5 * 30 * WorldTime.HOUR : 0); // a fifth badly late
                case 3 -> (event instanceof Booked ? 0 : 1) + chance; // the book before anything else
                default -> (event instanceof CatalogueEvent ? 1 : 0) + chance; // the catalogue last
            };
            arriving.add(new Arriving(place, event));
        }
        return arriving.stream()
                .sorted(Comparator.comparingDouble(Arriving::place))
                .map(Arriving::event)
                .toList();
    }

    /** Puts the entries of each catalogue key into their places in the order in which they hold, some of them twice. */
    private List<WorldEvent> catalogueInOrder(List<WorldEvent> shuffled, List<WorldEvent> inTime) {
        Map<String, Deque<WorldEvent>> entriesByKey = new HashMap<>();
        for (WorldEvent event : inTime) {
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
