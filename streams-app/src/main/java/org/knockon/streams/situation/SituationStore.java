package org.knockon.streams.situation;

import org.knockon.impact.cascade.AffectedRange;
import org.knockon.impact.cascade.Situation;
import org.knockon.impact.cascade.Unsettled;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Outage;
import org.knockon.streams.codec.Broadcast;
import org.knockon.streams.task.TimeBudget;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps a partition's copy of the broadcast: in the store to survive, in a {@link Situation} to be asked. */
public final class SituationStore {

    private static final String CLOCK = "clock";

    /** Two seconds. What is assessed before all is settled may have to be assessed again. */
    private static final int MOST_TURNS_UNSETTLED = 20;

    private final KeyValueStore<String, Broadcast> store;
    private final UnsettledChanges changes;
    private final Situation situation = new Situation();
    private int turnsUnsettled;

    /** @param progress holds what is not settled */
    public SituationStore(KeyValueStore<String, Broadcast> store, KeyValueStore<String, Long> progress) {
        this.store = store;
        this.changes = new UnsettledChanges(progress);
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
        changes.all().forEach(situation::restore);
    }

    public Situation situation() {
        return situation;
    }

    /** Outages that were found in the given partition. */
    public List<Outage> outagesFrom(int origin) {
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

    /**
     * Applies what was broadcast.
     *
     * @return whose appointments it touches, as far as that is known at once; the rest comes from {@link #settle}
     */
    public Optional<AffectedRange> apply(Broadcast broadcast) {
        if (broadcast instanceof Broadcast.Tick tick) {
            advance(tick.now());
        } else if (broadcast instanceof Broadcast.SystemPut put) {
            put("system " + put.system().systemId(), put);
            keep(situation.put(put.system()));
        } else if (broadcast instanceof Broadcast.SystemRemoved removed) {
            store.delete("system " + removed.systemId());
            keep(situation.removeSystem(removed.systemId()));
        } else if (broadcast instanceof Broadcast.ServicePut put) {
            put("service " + put.service().serviceId(), put);
            return Optional.ofNullable(situation.put(put.service()));
        } else if (broadcast instanceof Broadcast.ServiceRemoved removed) {
            store.delete("service " + removed.serviceId());
            return Optional.ofNullable(situation.removeService(removed.serviceId()));
        } else if (broadcast instanceof Broadcast.OutagePut put) {
            advance(put.now());
            store.put(outageKey(put.outage().systemId(), put.outage().startedAt()), put);
            keep(situation.put(put.outage()));
        } else if (broadcast instanceof Broadcast.OutageRemoved removed) {
            advance(removed.now());
            store.delete(outageKey(removed.systemId(), removed.startedAt()));
            keep(situation.removeOutage(removed.systemId(), removed.startedAt()));
        } else {
            throw new IllegalStateException("unknown broadcast " + broadcast.getClass());
        }
        return Optional.empty();
    }

    public boolean settled() {
        return situation.settled();
    }

    /**
     * Works out whose appointments the changes so far touch, until the slice is over.
     *
     * @return whether these may be assessed: all is worked out, or changes keep coming and enough turns have gone without
     */
    public boolean settle(TimeBudget slice, Consumer<AffectedRange> touched) {
        if (situation.settle(slice::over, touched)) {
            changes.clear();
            turnsUnsettled = 0;
            return true;
        }
        turnsUnsettled++;
        return turnsUnsettled > MOST_TURNS_UNSETTLED;
    }

    private void keep(Unsettled change) {
        if (change != null) {
            changes.add(change);
        }
    }

    /** A catalogue that is sent again as it was costs the changelog nothing. */
    private void put(String key, Broadcast value) {
        if (!value.equals(store.get(key))) {
            store.put(key, value);
        }
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
