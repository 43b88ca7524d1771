package org.knockon.streams.impact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.streams.Names;
import org.knockon.streams.wire.Broadcast;
import org.knockon.streams.wire.WorkItem;

/** The index has no changelog: whether it is good after a start is told by its mark alone. */
class IndexAfterRestartTest {

    private static final long NOON = AssessorBench.NOON;

    private final AssessorBench bench = new AssessorBench(20);
    private final KeyValueStore<Bytes, byte[]> index = bench.store(Names.APPOINTMENT_INDEX);
    private final KeyValueStore<String, Broadcast> situation = bench.store(Names.SITUATION);
    private final KeyValueStore<String, Long> progress = bench.store(Names.ASSESSOR_PROGRESS);

    @Test
    void isTrustedAfterACleanEnd() {
        ImpactAssessor assessor = withAppointments();
        assessor.close();
        deleteFirst();

        start();

        assertThat(entries()).as("as it was left, and not made anew").hasSize(1);
    }

    @Test
    void isMadeAnewAfterACrash() {
        withAppointments();
        deleteFirst();
        index.put(Bytes.wrap("clinic\0Bjunk".getBytes(StandardCharsets.UTF_8)), new byte[0]);

        start();

        assertThat(entries()).hasSize(2).noneMatch(key -> key.endsWith("junk"));
    }

    @Test
    void isMadeAnewWhenAnotherHasOwnedThePartitionSince() {
        ImpactAssessor assessor = withAppointments();
        assessor.close();
        deleteFirst();
        progress.put("index-mark", 42L);

        start();

        assertThat(entries()).hasSize(2);
    }

    /** Where an entry stands depends on how far the horizon reaches. */
    @Test
    void isMadeAnewForAnotherHorizon() {
        withAppointments().close();
        deleteFirst();
        progress.put("index-horizon", 1L);

        start();

        assertThat(entries()).hasSize(2);
    }

    /** Made anew by the clock of today, the index may hold entries behind where a walk has been. */
    @Test
    void beginsWalksAgainOnceItIsMadeAnew() {
        withAppointments();
        KeyValueStore<Long, WorkItem> work = bench.store(Names.WORK);
        work.put(0L, new WorkItem(WorkItem.Purpose.REASSESS, "clinic", 0, NOON + 1, true, new byte[] {1}));

        ImpactAssessor next = bench.start();
        AssessorBench.hear(next, new Broadcast.Tick(NOON - 1));

        assertThat(work.get(0L)).isEqualTo(new WorkItem(WorkItem.Purpose.REASSESS, "clinic", 0, NOON + 1, false, null));
    }

    /** What a new owner takes in before its first look at waiting work must not leave the former owner's index looking good. */
    @Test
    void ownsTheIndexInOneWithTheFirstRecord() {
        withAppointments().close();
        long former = progress.get("index-mark");

        ImpactAssessor next = bench.start();
        assertThat(progress.get("index-mark")).isEqualTo(former);
        AssessorBench.hear(next, new Broadcast.Tick(NOON));

        assertThat(progress.get("index-mark")).isNotEqualTo(former);
    }

    /** The detector reads its clock there, and once took a mark for it. */
    @Test
    void leavesNothingInTheSituationThatLooksLikeAClock() {
        withAppointments().close();

        assertThat(situation.get("clock")).isNull();
        try (KeyValueIterator<String, Broadcast> all = situation.all()) {
            assertThat(all).toIterable().noneMatch(entry -> entry.value instanceof Broadcast.Tick);
        }
    }

    private ImpactAssessor withAppointments() {
        ImpactAssessor assessor = start();
        CareService clinic = new CareService("clinic", "Clinic", "ZZ9", "ZZ901", "320", Category.OUTPATIENT, List.of());
        AssessorBench.hear(assessor, new Broadcast.ServicePut(clinic));
        AssessorBench.book(assessor, "a1", "clinic");
        AssessorBench.book(assessor, "a2", "clinic");
        bench.turn();
        assertThat(entries()).hasSize(2);
        return assessor;
    }

    private ImpactAssessor start() {
        ImpactAssessor assessor = bench.start();
        bench.turn();
        return assessor;
    }

    private void deleteFirst() {
        try (KeyValueIterator<Bytes, byte[]> all = index.range(Bytes.wrap(new byte[] {1}), null)) {
            index.delete(all.next().key);
        }
    }

    /** Keys of appointments, without the mark. */
    private List<String> entries() {
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = index.range(Bytes.wrap(new byte[] {1}), null)) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                keys.add(new String(entry.key.get(), StandardCharsets.ISO_8859_1));
            }
        }
        return keys;
    }
}
