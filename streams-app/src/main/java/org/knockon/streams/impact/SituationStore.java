package org.knockon.streams.impact;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.knockon.impact.cascade.Situation;
import org.knockon.impact.cascade.Touched;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Outage;
import org.knockon.streams.wire.Broadcast;

/** Keeps a partition's copy of the broadcast: in the store to survive, in a {@link Situation} to be asked. */
final class SituationStore {

    private static final String CLOCK = "clock";

    private final KeyValueStore<String, Broadcast> store;
    private final Situation situation = new Situation();

    SituationStore(KeyValueStore<String, Broadcast> store) {
        this.store = store;
        List<MonitoredSystem> systems = new ArrayList<>();
        List<CareService> services = new ArrayList<>();
        List<Outage> outages = new ArrayList<>();
        try (KeyValueIterator<String, Broadcast> all = store.all()) {
            all.forEachRemaining(entry -> {
                if (entry.value instanceof Broadcast.SystemPut put) {
                    systems.add(put.system());
                } else if (entry.value instanceof Broadcast.ServicePut put) {
                    services.add(put.service());
                } else if (entry.value instanceof Broadcast.OutagePut put) {
                    outages.add(put.outage());
                }
            });
        }
        situation.restore(systems, services, outages, instant(CLOCK));
    }

    Situation situation() {
        return situation;
    }

    /** Outages that were found in the given partition. */
    List<Outage> outagesFrom(int origin) {
        List<Outage> found = new ArrayList<>();
        try (KeyValueIterator<String, Broadcast> all = store.all()) {
            all.forEachRemaining(entry -> {
                if (entry.value instanceof Broadcast.OutagePut put && put.origin() == origin) {
                    found.add(put.outage());
                }
            });
        }
        return found;
    }

    /** Takes in what was broadcast and tells whose appointments it touches. */
    List<Touched> apply(Broadcast broadcast) {
        if (broadcast instanceof Broadcast.Tick tick) {
            advance(tick.now());
            return List.of();
        } else if (broadcast instanceof Broadcast.SystemPut put) {
            store.put("system " + put.system().systemId(), put);
            return situation.put(put.system());
        } else if (broadcast instanceof Broadcast.SystemRemoved removed) {
            store.delete("system " + removed.systemId());
            return situation.removeSystem(removed.systemId());
        } else if (broadcast instanceof Broadcast.ServicePut put) {
            store.put("service " + put.service().serviceId(), put);
            return situation.put(put.service());
        } else if (broadcast instanceof Broadcast.ServiceRemoved removed) {
            store.delete("service " + removed.serviceId());
            return situation.removeService(removed.serviceId());
        } else if (broadcast instanceof Broadcast.OutagePut put) {
            advance(put.now());
            store.put(outageKey(put.outage().systemId(), put.outage().startedAt()), put);
            return situation.put(put.outage());
        } else if (broadcast instanceof Broadcast.OutageRemoved removed) {
            advance(removed.now());
            store.delete(outageKey(removed.systemId(), removed.startedAt()));
            return situation.removeOutage(removed.systemId(), removed.startedAt());
        }
        throw new IllegalStateException("unknown broadcast " + broadcast.getClass());
    }

    private void advance(long now) {
        if (situation.advance(now)) {
            store.put(CLOCK, new Broadcast.Tick(now));
        }
    }

    private static String outageKey(String systemId, long startedAt) {
        return "outage " + systemId + "@" + startedAt;
    }

    private long instant(String key) {
        return store.get(key) instanceof Broadcast.Tick tick ? tick.now() : Situation.NO_CLOCK;
    }
}
