package org.knockon.streams.situation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.streams.HeapStores.content;
import static org.knockon.streams.HeapStores.store;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.knockon.impact.cascade.Situation;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Outage;
import org.knockon.streams.codec.Broadcast;
import org.knockon.streams.codec.InternalSerdes;
import org.knockon.streams.task.Names;

class SituationStoreTest {

    private static final MonitoringPolicy POLICY = new MonitoringPolicy(1, 2, 3);
    private static final Outage FIRST = new Outage("epr", 10, 20, false, Evidence.OBSERVED, 15);
    private static final Outage SECOND = new Outage("epr", 30, Outage.OPEN, false, Evidence.OBSERVED, 35);

    private final KeyValueStore<String, Broadcast> bytes =
            store(new MockProcessorContext<>(), Names.SITUATION, Serdes.String(), InternalSerdes.BROADCAST);
    private final SituationStore situation = new SituationStore(bytes);

    @Test
    void holdsTheNewestMessageOfEachKind() {
        CareService clinic = new CareService("clinic", "Clinic", "ZZ9", "ZZ901", "320", Category.OUTPATIENT, List.of());
        situation.apply(new Broadcast.SystemPut(system("Old name")));
        situation.apply(new Broadcast.SystemPut(system("New name")));
        situation.apply(new Broadcast.ServicePut(clinic));
        situation.apply(new Broadcast.OutagePut(FIRST, 0, 20));
        situation.apply(new Broadcast.OutagePut(SECOND, 1, 35));

        assertThat(situation.systems()).containsExactly(system("New name"));
        assertThat(situation.policies()).isEqualTo(Map.of("epr", POLICY));
        assertThat(situation.services()).containsExactly(clinic);
        assertThat(situation.outages()).containsExactlyInAnyOrder(FIRST, SECOND);
        assertThat(situation.outagesFrom(1)).containsExactly(SECOND);
    }

    @Test
    void removesWhatIsRemoved() {
        situation.apply(new Broadcast.SystemPut(system("EPR")));
        situation.apply(new Broadcast.OutagePut(FIRST, 0, 20));
        situation.apply(new Broadcast.SystemRemoved("epr"));
        situation.apply(new Broadcast.OutageRemoved("epr", 10, 0, 40));
        situation.apply(new Broadcast.ServiceRemoved("unknown"));

        assertThat(content(bytes)).containsOnlyKeys("clock");
    }

    @Test
    void theClockNeverGoesBack() {
        assertThat(situation.clock()).isEqualTo(Situation.NO_CLOCK);
        situation.apply(new Broadcast.Tick(50));
        situation.apply(new Broadcast.OutagePut(FIRST, 0, 40));
        assertThat(situation.clock()).isEqualTo(50);
        situation.apply(new Broadcast.OutagePut(SECOND, 0, 60));
        assertThat(situation.clock()).isEqualTo(60);
    }

    private static MonitoredSystem system(String name) {
        return new MonitoredSystem("epr", name, "ZZ9", "APPLICATION", Set.of(), POLICY, null);
    }
}
