package org.knockon.impact.cascade;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.knockon.impact.interval.Intervals;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.impact.model.Requirement;

/**
 * What is known now: catalogue, outages and the clock. Every answer is a function of the content alone, whatever the order in which
 * it came. Each change tells which stretches of which services it touched. Mutable, for one thread.
 */
public final class Situation {

    private static final Comparator<ServiceAvailability.CausedOutage> BY_START = Comparator.comparingLong(
                    (ServiceAvailability.CausedOutage caused) -> caused.outage().startedAt())
            .thenComparing(ServiceAvailability.CausedOutage::outageId);

    /** {@link #now()} before the first tick. */
    public static final long NO_CLOCK = Long.MIN_VALUE;

    private final Catalogue catalogue = new Catalogue();
    private final OutageBook outages = new OutageBook();
    private final RootCauses rootCauses = new RootCauses(catalogue, outages);
    private final Map<String, Required> required = new HashMap<>();
    private final Map<String, ServiceAvailability> availability = new HashMap<>();
    private long now = NO_CLOCK;

    public Catalogue catalogue() {
        return catalogue;
    }

    /** Event time, epoch milliseconds. */
    public long now() {
        return now;
    }

    /** The clock never goes back; returns whether it went on. */
    public boolean advance(long instant) {
        if (instant <= now) {
            return false;
        }
        now = instant;
        return true;
    }

    /** Takes in a whole former situation at once; nothing is touched, for whoever calls has assessed by it already. */
    public void restore(
            Collection<MonitoredSystem> systems,
            Collection<CareService> services,
            Collection<Outage> known,
            long clock) {
        systems.forEach(catalogue::put);
        services.forEach(catalogue::put);
        known.forEach(outages::put);
        rootCauses.forget();
        required.clear();
        availability.clear();
        now = clock;
    }

    public List<Touched> put(MonitoredSystem system) {
        return changeOf(system.systemId(), () -> catalogue.put(system));
    }

    public List<Touched> removeSystem(String systemId) {
        return changeOf(systemId, () -> catalogue.removeSystem(systemId));
    }

    public List<Touched> put(CareService service) {
        return changeOfService(service.serviceId(), () -> catalogue.put(service));
    }

    public List<Touched> removeService(String serviceId) {
        return changeOfService(serviceId, () -> catalogue.removeService(serviceId));
    }

    public List<Touched> put(Outage outage) {
        return changeOf(outage.systemId(), () -> outages.put(outage));
    }

    public List<Touched> removeOutage(String systemId, long startedAt) {
        return changeOf(systemId, () -> outages.remove(systemId, startedAt));
    }

    /** Null when the service is not in the catalogue. */
    public ServiceAvailability availability(String serviceId) {
        ServiceAvailability known = availability.get(serviceId);
        if (known == null) {
            CareService service = catalogue.service(serviceId);
            if (service == null) {
                return null;
            }
            known = compute(service);
            availability.put(serviceId, known);
        }
        return known;
    }

    /** With its cascade. @param outage one that was put and not removed */
    public PublishedOutage published(Outage outage) {
        return new PublishedOutage(
                outage,
                rootCauses.explain(outage).rootCauses(),
                List.copyOf(catalogue.above(outage.systemId())),
                List.copyOf(catalogue.servicesAbove(outage.systemId())));
    }

    /** Makes the change and compares each service that it can reach, before and after. */
    private List<Touched> changeOf(String systemId, Runnable change) {
        Set<String> systems = new HashSet<>(catalogue.above(systemId));
        systems.add(systemId);
        Set<String> services = new TreeSet<>();
        systems.forEach(id -> services.addAll(catalogue.servicesAbove(id)));
        Map<String, ServiceAvailability> before = remember(services);
        change.run();
        rootCauses.forget();
        required.keySet().removeAll(systems);
        return compare(before);
    }

    private List<Touched> changeOfService(String serviceId, Runnable change) {
        Map<String, ServiceAvailability> before = remember(Set.of(serviceId));
        change.run();
        return compare(before);
    }

    private Map<String, ServiceAvailability> remember(Set<String> services) {
        Map<String, ServiceAvailability> before = new TreeMap<>();
        services.forEach(serviceId -> before.put(serviceId, availability(serviceId)));
        return before;
    }

    private List<Touched> compare(Map<String, ServiceAvailability> before) {
        List<Touched> touched = new ArrayList<>();
        before.keySet().forEach(availability::remove);
        before.forEach((serviceId, old) -> {
            Touched range = Touched.between(serviceId, old, availability(serviceId));
            if (range != null) {
                touched.add(range);
            }
        });
        return touched;
    }

    private ServiceAvailability compute(CareService service) {
        List<ServiceAvailability.RequiredSystem> requirements = new ArrayList<>();
        List<Intervals> lost = new ArrayList<>();
        List<Intervals> undeliverable = new ArrayList<>();
        Set<ServiceAvailability.CausedOutage> outagesNeeded = new TreeSet<>(BY_START);
        for (Requirement requirement : service.requires()) {
            Required state = required.computeIfAbsent(requirement.systemId(), this::compute);
            requirements.add(new ServiceAvailability.RequiredSystem(requirement, state.unavailable));
            lost.add(state.unavailable);
            undeliverable.add(state.unavailable.cutFront(requirement.tolerance()));
            outagesNeeded.addAll(state.outages);
        }
        return new ServiceAvailability(
                service,
                Intervals.union(lost),
                Intervals.union(undeliverable),
                requirements,
                List.copyOf(outagesNeeded));
    }

    private Required compute(String systemId) {
        Set<String> systems = new TreeSet<>(catalogue.beneath(systemId));
        if (catalogue.system(systemId) != null) {
            systems.add(systemId);
        }
        List<Intervals> parts = new ArrayList<>();
        List<ServiceAvailability.CausedOutage> caused = new ArrayList<>();
        for (String id : systems) {
            for (Outage outage : outages.of(id)) {
                parts.add(Intervals.of(outage.startedAt(), outage.endedAt()));
                caused.add(rootCauses.explain(outage));
            }
        }
        return new Required(Intervals.union(parts), caused);
    }

    /** What every service that requires one and the same system shares. */
    private record Required(Intervals unavailable, List<ServiceAvailability.CausedOutage> outages) {}
}
