package org.knockon.streams.situation;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.knockon.impact.cascade.AffectedRange;
import org.knockon.impact.cascade.Situation;
import org.knockon.impact.cascade.Unsettled;
import org.knockon.impact.model.Outage;
import org.knockon.streams.codec.Broadcast;
import org.knockon.streams.task.TimeBudget;

/**
 * Applies what is broadcast to the store, which survives a restart, and to a {@link Situation}, which the rules query.
 */
public final class SituationTracker {

    /** Two seconds. What is assessed before all changes are settled may need a second assessment. */
    private static final int MOST_UNSETTLED_TURNS = 20;

    private final SituationStore store;
    private final UnsettledChanges changes;
    private final Situation situation = new Situation();
    private int unsettledTurns;

    /** @param progress stores the unsettled changes */
    public SituationTracker(SituationStore store, KeyValueStore<String, Long> progress) {
        this.store = store;
        changes = new UnsettledChanges(progress);
        situation.restore(store.systems(), store.services(), store.outages(), store.clock());
        changes.all().forEach(situation::restore);
    }

    public Situation situation() {
        return situation;
    }

    /** Outages found by the detector of the given partition. */
    public List<Outage> outagesFrom(int origin) {
        return store.outagesFrom(origin);
    }

    /**
     * Applies a message.
     *
     * @return the appointments it affects, if these are known at once; the others come from {@link #settle}
     */
    public Optional<AffectedRange> apply(Broadcast broadcast) {
        store.apply(broadcast);
        if (broadcast instanceof Broadcast.Tick tick) {
            situation.advance(tick.now());
        } else if (broadcast instanceof Broadcast.SystemPut put) {
            add(situation.put(put.system()));
        } else if (broadcast instanceof Broadcast.SystemRemoved removed) {
            add(situation.removeSystem(removed.systemId()));
        } else if (broadcast instanceof Broadcast.ServicePut put) {
            return Optional.ofNullable(situation.put(put.service()));
        } else if (broadcast instanceof Broadcast.ServiceRemoved removed) {
            return Optional.ofNullable(situation.removeService(removed.serviceId()));
        } else if (broadcast instanceof Broadcast.OutagePut put) {
            situation.advance(put.now());
            add(situation.put(put.outage()));
        } else if (broadcast instanceof Broadcast.OutageRemoved removed) {
            situation.advance(removed.now());
            add(situation.removeOutage(removed.systemId(), removed.startedAt()));
        }
        return Optional.empty();
    }

    public boolean settled() {
        return situation.settled();
    }

    /**
     * Works out which appointments the changes so far affect, until the budget is spent.
     *
     * @return whether the affected appointments may be assessed: all changes are settled, or they keep coming and
     *     assessment has waited long enough
     */
    public boolean settle(TimeBudget budget, Consumer<AffectedRange> affected) {
        if (situation.settle(budget::isSpent, affected)) {
            changes.clear();
            unsettledTurns = 0;
            return true;
        }
        unsettledTurns++;
        return unsettledTurns > MOST_UNSETTLED_TURNS;
    }

    private void add(Unsettled change) {
        if (change != null) {
            changes.add(change);
        }
    }
}
