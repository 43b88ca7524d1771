package org.knockon.producers.generate;

import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Observation;
import org.knockon.producers.scenario.Scenario;
import org.knockon.producers.scenario.ScenarioService;
import org.knockon.producers.scenario.ScenarioSystem;
import org.knockon.producers.source.ReplayEvent;
import org.knockon.producers.source.ReplaySource;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;

/**
 * All events of a scenario in order of arrival: the catalogue, the appointments booked before the window, then
 * everything that happens in it. Every iteration gives the same events. The histories of the appointments are computed
 * once and take a few tens of bytes each; records are created on demand.
 */
public final class ScenarioEvents implements ReplaySource, Iterable<ReplayEvent> {

    /** Increases whenever a new version of the generator makes other events of the same scenario. */
    public static final int GENERATION = 2;

    private final Scenario scenario;
    private final List<MonitoredSystem> systems;
    private final List<CareService> services;
    private final Map<String, SystemTimeline> timelines;
    private final AppointmentLedger ledger;
    private final long origin;
    private final long[] order;
    private final Map<Topic<?>, Long> counts;
    /** Milliseconds added to every time. */
    private final long shift;

    private final boolean shifted;

    private ScenarioEvents(Scenario scenario) {
        this.scenario = scenario;
        this.systems = scenario.systems().stream().map(ScenarioSystem::system).toList();
        this.services =
                scenario.services().stream().map(ScenarioService::service).toList();
        this.timelines = SystemTimelines.of(scenario);
        this.ledger = new AppointmentLedger();
        Calendar calendar = new Calendar(scenario);
        Slots slots = new Slots(scenario, calendar, ledger);
        List<ServiceDowntime> downtimes = ServiceDowntime.of(scenario, timelines);
        new BookingGenerator(scenario, calendar, ledger, slots).book();
        new RecordedWeeks(scenario, calendar, ledger, slots, downtimes).choose();
        new HospitalSimulation(scenario, calendar, ledger, slots, downtimes).run();
        this.origin = VersionFeed.origin(ledger);
        this.order = VersionFeed.order(scenario, ledger, origin);
        this.shift = 0;
        this.shifted = false;
        this.counts = count();
    }

    private ScenarioEvents(ScenarioEvents original, long shift) {
        this.scenario = original.scenario;
        this.systems = original.systems;
        this.services = original.services;
        this.timelines = original.timelines;
        this.ledger = original.ledger;
        this.origin = original.origin;
        this.order = original.order;
        this.counts = original.counts;
        this.shift = shift;
        this.shifted = true;
    }

    /**
     * Computes what happens; takes seconds for a large scenario.
     *
     * @throws org.knockon.producers.scenario.ScenarioException if the book has too few appointments for a week's
     *     postponements
     */
    public static ScenarioEvents of(Scenario scenario) {
        return new ScenarioEvents(scenario);
    }

    /**
     * The same events, all times moved by the same amount, so that the window starts at {@code from}. Everything that
     * happens keeps its distance from the start; hours of the day and days of the week differ.
     *
     * @param from epoch milliseconds
     */
    public ScenarioEvents shiftedTo(long from) {
        return new ScenarioEvents(this, from - scenario.from());
    }

    /** The scenario as written; its times are not shifted. */
    public Scenario scenario() {
        return scenario;
    }

    @Override
    public String version() {
        return scenario.digest() + ":" + GENERATION;
    }

    /** Whether these are the result of {@link #shiftedTo}. */
    @Override
    public boolean shifted() {
        return shifted;
    }

    @Override
    public long from() {
        return scenario.from() + shift;
    }

    @Override
    public long to() {
        return scenario.to() + shift;
    }

    @Override
    public long size() {
        return counts.values().stream().mapToLong(count -> count).sum();
    }

    @Override
    public long catalogueSize() {
        return (long) systems.size() + services.size();
    }

    /** Number of events by topic, repeats included. */
    public Map<Topic<?>, Long> counts() {
        return counts;
    }

    /** Number of different appointments, including replacements and duplicates entered in error. */
    public int appointments() {
        return ledger.appointments();
    }

    @Override
    public List<MonitoredSystem> systems() {
        return systems;
    }

    @Override
    public List<CareService> services() {
        return services;
    }

    /** Every observation in order of arrival, repeats included. */
    @Override
    public Stream<Observation> observations() {
        return stream(new ObservationFeed(scenario, timelines)).map(arrival -> shifted(arrival.observation()));
    }

    /** Every appointment version in order of arrival, repeats included. */
    @Override
    public Stream<AppointmentVersion> versions() {
        return stream(new VersionFeed(scenario, ledger, origin, order)).map(arrival -> shifted(arrival.version()));
    }

    /** Every event in order of arrival. */
    @Override
    public Stream<ReplayEvent> stream() {
        return stream(iterator());
    }

    @Override
    public Iterator<ReplayEvent> iterator() {
        return new Merge();
    }

    private Map<Topic<?>, Long> count() {
        Map<Topic<?>, Long> counted = new LinkedHashMap<>();
        counted.put(Topics.SYSTEMS, (long) scenario.systems().size());
        counted.put(Topics.CARE_SERVICES, (long) scenario.services().size());
        counted.put(Topics.SYSTEM_HEALTH, observations().count());
        counted.put(Topics.APPOINTMENTS, (long) order.length);
        return Collections.unmodifiableMap(counted);
    }

    private Observation shifted(Observation seen) {
        return shift == 0
                ? seen
                : new Observation(
                        seen.systemId(), seen.status(), seen.observedAt() + shift, seen.monitor(), seen.detail());
    }

    private AppointmentVersion shifted(AppointmentVersion version) {
        return shift == 0
                ? version
                : new AppointmentVersion(
                        version.appointmentId(),
                        version.sequence(),
                        version.status(),
                        version.changeReason(),
                        version.serviceId(),
                        version.slotStart() + shift,
                        version.slotEnd() + shift,
                        version.priority(),
                        version.patientRef(),
                        version.replaces(),
                        version.updatedAt() + shift,
                        null);
    }

    private static <T> Stream<T> stream(Iterator<T> iterator) {
        int ordered = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator, ordered), false);
    }

    /** The catalogue, then both feeds by time of arrival; at equal times, observations first. */
    private final class Merge implements Iterator<ReplayEvent> {
        private final Iterator<MonitoredSystem> nextSystem = systems.iterator();
        private final Iterator<CareService> nextService = services.iterator();
        private final ObservationFeed observations = new ObservationFeed(scenario, timelines);
        private final VersionFeed versions = new VersionFeed(scenario, ledger, origin, order);
        private ObservationFeed.Arrival observation = observations.hasNext() ? observations.next() : null;
        private VersionFeed.Arrival version = versions.hasNext() ? versions.next() : null;
        private long arrivalOrder;

        @Override
        public boolean hasNext() {
            return nextSystem.hasNext() || nextService.hasNext() || observation != null || version != null;
        }

        @Override
        public ReplayEvent next() {
            if (nextSystem.hasNext()) {
                MonitoredSystem system = nextSystem.next();
                return event(from(), from(), Topics.SYSTEMS, system.systemId(), system);
            }
            if (nextService.hasNext()) {
                CareService service = nextService.next();
                return event(from(), from(), Topics.CARE_SERVICES, service.serviceId(), service);
            }
            if (observation == null && version == null) {
                throw new NoSuchElementException();
            }
            if (version == null || observation != null && observation.arrivesAt() <= version.arrivesAt()) {
                ObservationFeed.Arrival arrival = observation;
                Observation o = shifted(arrival.observation());
                observation = observations.hasNext() ? observations.next() : null;
                return event(o.observedAt(), arrival.arrivesAt() + shift, Topics.SYSTEM_HEALTH, o.systemId(), o);
            }
            VersionFeed.Arrival arrival = version;
            AppointmentVersion v = shifted(arrival.version());
            version = versions.hasNext() ? versions.next() : null;
            return event(v.updatedAt(), arrival.arrivesAt() + shift, Topics.APPOINTMENTS, v.appointmentId(), v);
        }

        private ReplayEvent event(long eventTime, long arrivesAt, Topic<?> topic, String key, Object value) {
            return new ReplayEvent(eventTime, arrivesAt, arrivalOrder++, topic, key, value);
        }
    }
}
