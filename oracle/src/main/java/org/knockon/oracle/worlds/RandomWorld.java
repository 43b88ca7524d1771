package org.knockon.oracle.worlds;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Rules;
import org.knockon.oracle.Inputs;
import org.knockon.oracle.worlds.WorldEvent.Booked;
import org.knockon.oracle.worlds.WorldEvent.Observed;
import org.knockon.oracle.worlds.WorldEvent.ServiceChanged;
import org.knockon.oracle.worlds.WorldEvent.ServiceRemoved;
import org.knockon.oracle.worlds.WorldEvent.SystemChanged;

/**
 * All events of a small hospital with many failures, generated from a seed.
 *
 * @param events in order of event time; entries of one catalogue key in the order in which they apply
 */
public record RandomWorld(long seed, List<WorldEvent> events) {

    public RandomWorld {
        events = List.copyOf(events);
    }

    /** The same seed gives the same world, on any JDK. */
    public static RandomWorld of(long seed) {
        Dice dice = new Dice(seed);
        WorldTime time = WorldTime.of(dice);
        RandomCatalogue catalogue = new RandomCatalogue(dice, time);
        RandomHealth health = new RandomHealth(dice, time, catalogue.systems());
        RandomBook book = new RandomBook(dice, time, health.turningPoints(), catalogue.serviceIds());

        List<WorldEvent> events = new ArrayList<>(catalogue.events());
        events.addAll(health.events());
        events.addAll(book.events());
        events.sort(Comparator.comparingLong(WorldEvent::at)); // stable
        return new RandomWorld(seed, events);
    }

    /** Rules for a world. Because worlds are small, every fourth keeps only 3 versions of an appointment. */
    public static Rules rules(long seed) {
        return seed % 4 == 0 ? new Rules(Rules.DEFAULT.horizon(), Rules.DEFAULT.zone(), 3) : Rules.DEFAULT;
    }

    /** The same events in another order of arrival, some of them twice. */
    public List<WorldEvent> shuffled(long seed) {
        return new Arrival(new Dice(seed ^ Long.reverse(this.seed))).of(events);
    }

    /** The input of the oracle for this world; it does not depend on the order of arrival. */
    public Inputs inputs() {
        return inputs(events);
    }

    /** The input of the oracle if only these events arrive, with catalogue entries in this order. */
    public static Inputs inputs(List<WorldEvent> events) {
        Map<String, MonitoredSystem> systems = new HashMap<>();
        Map<String, CareService> services = new HashMap<>();
        List<Observation> observations = new ArrayList<>();
        List<AppointmentVersion> versions = new ArrayList<>();
        for (WorldEvent event : events) {
            if (event instanceof SystemChanged changed) {
                systems.put(changed.key(), changed.system());
            } else if (event instanceof ServiceChanged changed) {
                services.put(changed.key(), changed.service());
            } else if (event instanceof ServiceRemoved removed) {
                services.remove(removed.key());
            } else if (event instanceof Observed observed) {
                observations.add(observed.observation());
            } else if (event instanceof Booked booked) {
                versions.add(booked.version());
            }
        }
        return new Inputs(systems, services, observations, versions);
    }
}
