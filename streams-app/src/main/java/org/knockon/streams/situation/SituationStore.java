package org.knockon.streams.situation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.knockon.impact.cascade.Situation;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Outage;
import org.knockon.streams.codec.Broadcast;

/**
 * The store {@code situation}: its keys, and typed reads. It holds the newest message about each system, service and
 * outage, and the clock.
 */
public final class SituationStore {

    private static final String SYSTEM = "system ";
    private static final String SERVICE = "service ";
    private static final String OUTAGE = "outage ";
    private static final String CLOCK = "clock";

    private final KeyValueStore<String, Broadcast> store;

    public SituationStore(KeyValueStore<String, Broadcast> store) {
        this.store = store;
    }

    /**
     * Stores a message. One that changes nothing writes nothing, so a catalogue that is published again costs the
     * changelog nothing.
     */
    public void apply(Broadcast broadcast) {
        if (broadcast instanceof Broadcast.Tick tick) {
            advance(tick.now());
        } else if (broadcast instanceof Broadcast.SystemPut put) {
            putIfChanged(SYSTEM + put.system().systemId(), put);
        } else if (broadcast instanceof Broadcast.SystemRemoved removed) {
            store.delete(SYSTEM + removed.systemId());
        } else if (broadcast instanceof Broadcast.ServicePut put) {
            putIfChanged(SERVICE + put.service().serviceId(), put);
        } else if (broadcast instanceof Broadcast.ServiceRemoved removed) {
            store.delete(SERVICE + removed.serviceId());
        } else if (broadcast instanceof Broadcast.OutagePut put) {
            advance(put.now());
            store.put(outageKey(put.outage().systemId(), put.outage().startedAt()), put);
        } else if (broadcast instanceof Broadcast.OutageRemoved removed) {
            advance(removed.now());
            store.delete(outageKey(removed.systemId(), removed.startedAt()));
        } else {
            throw new IllegalStateException("unknown broadcast " + broadcast.getClass());
        }
    }

    /** Event time, epoch milliseconds; {@link Situation#NO_CLOCK} before the first tick. */
    public long clock() {
        return store.get(CLOCK) instanceof Broadcast.Tick tick ? tick.now() : Situation.NO_CLOCK;
    }

    /** Monitoring policies by systemId. */
    public Map<String, MonitoringPolicy> policies() {
        Map<String, MonitoringPolicy> policies = new HashMap<>();
        systems().forEach(system -> policies.put(system.systemId(), system.monitoring()));
        return policies;
    }

    List<MonitoredSystem> systems() {
        List<MonitoredSystem> systems = new ArrayList<>();
        forEach(Broadcast.SystemPut.class, put -> systems.add(put.system()));
        return systems;
    }

    List<CareService> services() {
        List<CareService> services = new ArrayList<>();
        forEach(Broadcast.ServicePut.class, put -> services.add(put.service()));
        return services;
    }

    List<Outage> outages() {
        List<Outage> outages = new ArrayList<>();
        forEach(Broadcast.OutagePut.class, put -> outages.add(put.outage()));
        return outages;
    }

    /** Outages found by the detector of the given partition. */
    List<Outage> outagesFrom(int origin) {
        List<Outage> outages = new ArrayList<>();
        forEach(Broadcast.OutagePut.class, put -> {
            if (put.origin() == origin) {
                outages.add(put.outage());
            }
        });
        return outages;
    }

    private <B extends Broadcast> void forEach(Class<B> kind, Consumer<B> action) {
        try (KeyValueIterator<String, Broadcast> all = store.all()) {
            all.forEachRemaining(entry -> {
                if (kind.isInstance(entry.value)) {
                    action.accept(kind.cast(entry.value));
                }
            });
        }
    }

    private void putIfChanged(String key, Broadcast value) {
        if (!value.equals(store.get(key))) {
            store.put(key, value);
        }
    }

    private void advance(long now) {
        if (now > clock()) {
            store.put(CLOCK, new Broadcast.Tick(now));
        }
    }

    private static String outageKey(String systemId, long startedAt) {
        return OUTAGE + systemId + "@" + startedAt;
    }
}
