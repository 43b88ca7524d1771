package org.knockon.streams.situation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.streams.HeapStores.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;
import org.knockon.impact.cascade.AffectedRange;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.Requirement;
import org.knockon.streams.codec.Broadcast;
import org.knockon.streams.codec.InternalSerdes;
import org.knockon.streams.task.Names;
import org.knockon.streams.task.TimeBudget;

/** Changes are settled in turns, and work does not wait indefinitely while more changes arrive. */
class SituationTrackerTest {

    private static final long NOON = 1_658_228_400_000L;

    private final MockProcessorContext<Object, Object> context = new MockProcessorContext<>();
    private final SituationTracker tracker = new SituationTracker(
            new SituationStore(store(context, Names.SITUATION, Serdes.String(), InternalSerdes.BROADCAST)),
            store(context, Names.ASSESSOR_PROGRESS, Serdes.String(), Serdes.Long()));
    private final List<AffectedRange> affected = new ArrayList<>();

    @Test
    void settlesOneServicePerTurnWhenTheBudgetIsSpentAtOnce() {
        load(5);
        tracker.apply(outage(NOON));

        assertThat(tracker.settled()).isFalse();
        for (int turn = 1; turn < 5; turn++) {
            assertThat(tracker.settle(new TimeBudget(0), affected::add)).isFalse();
            assertThat(affected).hasSize(turn);
        }
        assertThat(tracker.settle(new TimeBudget(0), affected::add)).isTrue();
        assertThat(tracker.settled()).isTrue();
    }

    @Test
    void letsWorkContinueWhileChangesKeepArriving() {
        load(5);
        int turns = 0;
        boolean mayAssess = false;
        while (!mayAssess && turns < 100) {
            tracker.apply(outage(NOON - turns));
            mayAssess = tracker.settle(new TimeBudget(0), affected::add);
            turns++;
        }

        assertThat(turns).isEqualTo(21);
        assertThat(tracker.settled()).isFalse();
    }

    private void load(int services) {
        tracker.apply(new Broadcast.SystemPut(new MonitoredSystem(
                "epr", "EPR", "ZZ9", "APPLICATION", Set.of(), new MonitoringPolicy(1, 1, 1), null)));
        for (int i = 0; i < services; i++) {
            tracker.apply(new Broadcast.ServicePut(new CareService(
                    "c" + i,
                    "Clinic",
                    "ZZ9",
                    "ZZ901",
                    "320",
                    Category.OUTPATIENT,
                    List.of(new Requirement("epr", Capability.RECORDS, 0)))));
        }
    }

    private static Broadcast outage(long startedAt) {
        return new Broadcast.OutagePut(
                new Outage("epr", startedAt, startedAt + 1, false, Evidence.OBSERVED, startedAt), 0, NOON);
    }
}
