package org.knockon.streams.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.streams.HeapStores.store;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.knockon.impact.cascade.Situation;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.Rules;
import org.knockon.streams.codec.Broadcast;
import org.knockon.streams.codec.InternalSerdes;
import org.knockon.streams.codec.WorkItem;
import org.knockon.streams.failure.RawRecord;
import org.knockon.streams.settings.ClockMode;
import org.knockon.streams.settings.PipelineSettings;
import org.knockon.streams.situation.SituationStore;
import org.knockon.streams.task.Activity;
import org.knockon.streams.task.Names;

/** The index has no changelog: its mark alone decides whether it is valid after a start. */
class IndexAfterRestartTest {

    private static final long NOON = 1_658_228_400_000L;

    private final MockProcessorContext<Object, Object> context = new MockProcessorContext<>();
    private KeyValueStore<Bytes, byte[]> index;
    private KeyValueStore<String, Broadcast> situation;
    private KeyValueStore<String, Long> progress;

    @BeforeEach
    void setUp() {
        context.setCurrentSystemTimeMs(NOON);
        context.setCurrentStreamTimeMs(NOON);
        situation = store(context, Names.SITUATION, Serdes.String(), InternalSerdes.BROADCAST);
        progress = store(context, Names.ASSESSOR_PROGRESS, Serdes.String(), Serdes.Long());
        index = store(context, Names.APPOINTMENT_INDEX, Serdes.Bytes(), Serdes.ByteArray());
        store(context, Names.PARTIAL_COUNTS, Serdes.String(), InternalSerdes.COUNTS);
        store(context, Names.UNCOUNTED_CHANGES, Serdes.Long(), InternalSerdes.GROUP_CHANGE);
        store(context, Names.APPOINTMENTS, Serdes.String(), InternalSerdes.APPOINTMENT_STATE);
        store(context, Names.REPLACEMENTS, Serdes.Bytes(), InternalSerdes.REPLACEMENT);
        store(context, Names.WORK, Serdes.Long(), InternalSerdes.WORK_ITEM);
        store(context, Names.PARKED_APPOINTMENTS, Serdes.String(), InternalSerdes.PARKED);
    }

    @Test
    void isValidAfterACleanEnd() {
        ImpactAssessor assessor = withAppointments();
        assessor.close();
        deleteFirst();

        start();

        assertThat(entries()).as("unchanged, not rebuilt").hasSize(1);
    }

    @Test
    void isRebuiltAfterACrash() {
        withAppointments();
        deleteFirst();
        index.put(Bytes.wrap("clinic\0Bjunk".getBytes(StandardCharsets.UTF_8)), new byte[0]);

        start();

        assertThat(entries()).hasSize(2).noneMatch(key -> key.endsWith("junk"));
    }

    @Test
    void isRebuiltWhenAnotherInstanceHasOwnedThePartition() {
        ImpactAssessor assessor = withAppointments();
        assessor.close();
        deleteFirst();
        progress.put("index-mark", 42L);

        start();

        assertThat(entries()).hasSize(2);
    }

    /** The family of an entry depends on the horizon. */
    @Test
    void isRebuiltForAnotherHorizon() {
        withAppointments().close();
        deleteFirst();
        progress.put("index-horizon", 1L);

        start();

        assertThat(entries()).hasSize(2);
    }

    @Test
    void isRebuiltForAnotherFormat() {
        withAppointments().close();
        deleteFirst();
        progress.put("index-format", 1L);

        start();

        assertThat(entries()).hasSize(2);
    }

    /** Rebuilt with the current clock, the index may hold entries behind the position of a walk. */
    @Test
    void restartsWalksAfterARebuild() {
        withAppointments();
        KeyValueStore<Long, WorkItem> work = context.getStateStore(Names.WORK);
        work.put(0L, new WorkItem(WorkItem.Purpose.REASSESS, "clinic", 0, NOON + 1, true, new byte[] {1}));

        ImpactAssessor next = newAssessor();
        next.process(new Record<>("clock", new Broadcast.Tick(NOON - 1), NOON));

        assertThat(work.get(0L)).isEqualTo(new WorkItem(WorkItem.Purpose.REASSESS, "clinic", 0, NOON + 1, false, null));
    }

    /** After the first change of a new owner the former owner's index must no longer count as valid. */
    @Test
    void claimsTheIndexInTheTransactionOfTheFirstRecord() {
        withAppointments().close();
        long former = progress.get("index-mark");

        ImpactAssessor next = newAssessor();
        assertThat(progress.get("index-mark")).isEqualTo(former);
        next.process(new Record<>("clock", new Broadcast.Tick(NOON), NOON));

        assertThat(progress.get("index-mark")).isNotEqualTo(former);
    }

    /** Regression: the detector reads its clock there, and took a mark for it. */
    @Test
    void storesNothingInTheSituationThatLooksLikeAClock() {
        withAppointments().close();

        assertThat(new SituationStore(situation).clock()).isEqualTo(Situation.NO_CLOCK);
        try (KeyValueIterator<String, Broadcast> all = situation.all()) {
            assertThat(all).toIterable().noneMatch(entry -> entry.value instanceof Broadcast.Tick);
        }
    }

    private ImpactAssessor withAppointments() {
        ImpactAssessor assessor = start();
        CareService clinic = new CareService("clinic", "Clinic", "ZZ9", "ZZ901", "320", Category.OUTPATIENT, List.of());
        assessor.process(new Record<>("clinic", new Broadcast.ServicePut(clinic), 0));
        for (String id : List.of("a1", "a2")) {
            AppointmentVersion version = new AppointmentVersion(
                    id,
                    1,
                    AppointmentStatus.BOOKED,
                    null,
                    "clinic",
                    NOON,
                    NOON + 60_000,
                    Priority.ROUTINE,
                    "p",
                    null,
                    NOON - 60_000,
                    null);
            assessor.process(new Record<>(id, new RawRecord<>(version, new byte[0], NOON), NOON));
        }
        drain();
        assertThat(entries()).hasSize(2);
        return assessor;
    }

    private ImpactAssessor start() {
        ImpactAssessor assessor = newAssessor();
        drain();
        return assessor;
    }

    private void drain() {
        List<MockProcessorContext.CapturedPunctuator> punctuators = context.scheduledPunctuators();
        punctuators.get(punctuators.size() - 1).getPunctuator().punctuate(NOON);
    }

    private ImpactAssessor newAssessor() {
        PipelineSettings settings = new PipelineSettings(
                "test.",
                Rules.DEFAULT,
                new ClockMode.Live(60_000),
                Duration.ofDays(400).toMillis(),
                60_000,
                20);
        return new ImpactAssessor(context, settings, new Activity(), (topic, partition, wallClock) -> true);
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
