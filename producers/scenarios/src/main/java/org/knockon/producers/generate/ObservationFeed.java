package org.knockon.producers.generate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.stream.Collectors;
import org.knockon.impact.interval.Intervals;
import org.knockon.impact.model.Observation;
import org.knockon.producers.scenario.Delivery;
import org.knockon.producers.scenario.Monitor;
import org.knockon.producers.scenario.Scenario;
import org.knockon.producers.scenario.ScenarioSystem;

/**
 * The observations of all monitors in order of arrival. They are generated on demand, so that months of heartbeats are
 * never in memory. Monitors report each change at once and otherwise at their heartbeat, staggered over the systems. A
 * monitor that is down with its data centre reports nothing.
 */
final class ObservationFeed implements Iterator<ObservationFeed.Arrival> {

    /** An observation and the time at which it reaches the broker. */
    record Arrival(long arrivesAt, Observation observation) {}

    private record Delayed(Arrival arrival, long order) {}

    private final long to;
    private final Delivery.Channel channel;
    private final PriorityQueue<MonitorFeed> feeds =
            new PriorityQueue<>(Comparator.comparingLong(MonitorFeed::nextAt).thenComparingInt(MonitorFeed::index));
    private final PriorityQueue<Delayed> delayed = new PriorityQueue<>(
            Comparator.comparingLong((Delayed d) -> d.arrival().arrivesAt()).thenComparingLong(Delayed::order));
    private final SeededRandom random;
    private long order;

    ObservationFeed(Scenario scenario, Map<String, SystemTimeline> timelines) {
        this.to = scenario.to();
        this.channel = scenario.delivery().observations();
        this.random = SeededRandom.of(scenario.seed(), "observations under way");
        Map<String, Monitor> monitors =
                scenario.monitors().stream().collect(Collectors.toMap(Monitor::id, monitor -> monitor));
        List<MonitorFeed> all = new ArrayList<>();
        for (ScenarioSystem system : scenario.systems()) {
            for (String id : system.monitors()) {
                Monitor monitor = monitors.get(id);
                Intervals silent = monitor.diesWith() == null
                        ? Intervals.NONE
                        : timelines.get(monitor.diesWith()).down(to);
                all.add(new MonitorFeed(
                        all.size(), scenario, system.id(), timelines.get(system.id()), monitor, silent));
            }
        }
        all.stream().filter(feed -> feed.nextAt() < to).forEach(feeds::add);
    }

    @Override
    public boolean hasNext() {
        return !feeds.isEmpty() || !delayed.isEmpty();
    }

    @Override
    public Arrival next() {
        while (hasNext()) {
            MonitorFeed feed = feeds.peek();
            if (feed == null || !delayed.isEmpty() && delayed.peek().arrival().arrivesAt() <= feed.nextAt()) {
                return delayed.remove().arrival();
            }
            feeds.remove();
            Observation observation = feed.next();
            if (feed.nextAt() < to) {
                feeds.add(feed);
            }
            if (random.chance(channel.repeats())) {
                delay(observation);
            }
            if (random.chance(channel.late())) {
                delay(observation);
            } else {
                return new Arrival(observation.observedAt(), observation);
            }
        }
        throw new NoSuchElementException();
    }

    private void delay(Observation observation) {
        long arrivesAt = random.between(observation.observedAt(), observation.observedAt() + channel.upTo() + 1);
        delayed.add(new Delayed(new Arrival(arrivesAt, observation), order++));
    }
}
