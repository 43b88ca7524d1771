package org.knockon.streams.impact;

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
import org.knockon.streams.task.Activity;
import org.knockon.streams.task.Names;

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

/** The index has no changelog: whether it is good after a start is told by its mark alone. */
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
        store(context, Names.APPOINTMENTS, Serdes.String(), InternalSerdes.APPOINTMENT_STATE);
        store(context, Names.REPLACEMENTS, Serdes.Bytes(), InternalSerdes.REPLACEMENT);
        store(context, Names.WORK, Serdes.Long(), InternalSerdes.WORK_ITEM);
        store(context, Names.PARKED_APPOINTMENTS, Serdes.String(), InternalSerdes.PARKED);
    }

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

    /** An older program knew nothing of untouched bookings. */
    @Test
    void isMadeAnewForAnotherFormat() {
        withAppointments().close();
        deleteFirst();
        progress.put("index-format", 1L);

        start();

        assertThat(entries()).hasSize(2);
    }

    /** Made anew by the clock of today, the index may hold entries behind where a walk has been. */
    @Test
    void beginsWalksAgainOnceItIsMadeAnew() {
        withAppointments();
        KeyValueStore<Long, WorkItem> work = context.getStateStore(Names.WORK);
        work.put(0L, new WorkItem(WorkItem.Purpose.REASSESS, "clinic", 0, NOON + 1, true, new byte[] {1}));

        ImpactAssessor next = initialised();
        next.process(new Record<>("clock", new Broadcast.Tick(NOON - 1), NOON));

        assertThat(work.get(0L)).isEqualTo(new WorkItem(WorkItem.Purpose.REASSESS, "clinic", 0, NOON + 1, false, null));
    }

    /** What a new owner takes in before its first look at waiting work must not leave the former owner's index looking good. */
    @Test
    void ownsTheIndexInOneWithTheFirstRecord() {
        withAppointments().close();
        long former = progress.get("index-mark");

        ImpactAssessor next = initialised();
        assertThat(progress.get("index-mark")).isEqualTo(former);
        next.process(new Record<>("clock", new Broadcast.Tick(NOON), NOON));

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
                    NOON - 60_000);
            assessor.process(new Record<>(id, new RawRecord<>(version, new byte[0], NOON), NOON));
        }
        drain();
        assertThat(entries()).hasSize(2);
        return assessor;
    }

    private ImpactAssessor start() {
        ImpactAssessor assessor = initialised();
        drain();
        return assessor;
    }

    private void drain() {
        List<MockProcessorContext.CapturedPunctuator> punctuators = context.scheduledPunctuators();
        punctuators.get(punctuators.size() - 1).getPunctuator().punctuate(NOON);
    }

    private ImpactAssessor initialised() {
        PipelineSettings settings = new PipelineSettings(
                "test.",
                Rules.DEFAULT,
                new ClockMode.Live(60_000),
                Duration.ofDays(400).toMillis(),
                60_000,
                20);
        ImpactAssessor assessor = new ImpactAssessor(settings, new Activity(), (topic, partition, wallClock) -> true);
        assessor.init(context);
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
