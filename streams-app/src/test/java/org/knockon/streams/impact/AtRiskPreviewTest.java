package org.knockon.streams.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.streams.HeapStores.content;
import static org.knockon.streams.HeapStores.store;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.knockon.impact.assessment.CellGroup;
import org.knockon.impact.assessment.Cells;
import org.knockon.impact.assessment.Replacement;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.Requirement;
import org.knockon.impact.model.Rules;
import org.knockon.schemas.AssessedImpact;
import org.knockon.streams.codec.Broadcast;
import org.knockon.streams.codec.InternalSerdes;
import org.knockon.streams.codec.Link;
import org.knockon.streams.codec.Partial;
import org.knockon.streams.failure.RawRecord;
import org.knockon.streams.settings.ClockMode;
import org.knockon.streams.settings.PipelineSettings;
import org.knockon.streams.task.Activity;
import org.knockon.streams.task.Names;

/** What the assessor sends about an outage, and when. */
class AtRiskPreviewTest {

    private static final long NOON = 1_658_228_400_000L;
    private static final long MINUTE = 60_000;
    private static final int OF_ANOTHER_PARTITION = 1;
    private static final int SIZE = 20_000;

    private final Cells cells = new Cells(Rules.DEFAULT.zone());
    private final Map<String, CareService> services = new HashMap<>();
    private final Map<String, ImpactCounts> sent = new HashMap<>();
    private final Map<String, Impact> impacts = new HashMap<>();
    private final Activity activity = new Activity();
    private MockProcessorContext<Object, Object> context;
    private KeyValueStore<String, ImpactCounts> counts;
    private ImpactAssessor assessor;
    private int cellsSent;

    @Test
    void sendsAllAppointmentsAtRiskBeforeMostAreWritten() {
        sendPreview();

        assertThat(sent.get(Cell.ALL.key()).atRisk()).isEqualTo(SIZE);
        assertThat(impacts).hasSizeLessThan(SIZE / 2);
        assertThat(notZero(content(counts)))
                .as("the store holds only what has been counted")
                .isEqualTo(ofImpacts());

        cellsSent = 0;
        settle();
        assertThat(impacts).hasSize(SIZE);
        assertThat(cellsSent).as("cells sent again").isZero();
        assertThat(notZero(sent)).isEqualTo(ofImpacts());
        assertThat(notZero(content(counts))).isEqualTo(ofImpacts());
    }

    /** The tolerance ends four minutes after the start of a quarter of an hour. */
    @Test
    void excludesUnaffectedAppointmentsOfTheSameQuarterOfAnHour() {
        open(5);
        long hit = 0;
        for (int i = 0; i < SIZE; i++) {
            book("a" + i, 1, AppointmentStatus.BOOKED, service(i), slot(i));
            hit += i % 4 > 1 && slot(i) >= NOON + 19 * MINUTE ? 1 : 0;
        }
        receive(outage("pas", Outage.OPEN));
        while (!sent.containsKey(Cell.ALL.key())) {
            turn();
        }

        assertThat(sent.get(Cell.ALL.key()).atRisk()).isEqualTo(hit);
        assertThat(impacts).hasSizeLessThan(SIZE / 4);
        settle();
        assertThat(sent.get(Cell.ALL.key()).atRisk()).isEqualTo(hit);
    }

    @Test
    void countsAnAppointmentThatChangesMeanwhileOnceWithItsNewState() {
        sendPreview();
        int number = SIZE - 1;
        while (impacts.containsKey("a" + number)) {
            number--;
        }
        book("a" + number, 2, AppointmentStatus.CANCELLED, service(number), slot(number));
        turn();

        assertThat(impacts).hasSizeLessThan(SIZE / 2);
        assertThat(sent.get(Cell.ALL.key()).atRisk()).isEqualTo(SIZE - 1);
        assertThat(sent.get(Cell.ALL.key()).awaitingDate()).isEqualTo(1);
        settle();
        assertThat(notZero(sent)).isEqualTo(ofImpacts());
    }

    private void sendPreview() {
        open(5);
        for (int i = 0; i < SIZE; i++) {
            book("a" + i, 1, AppointmentStatus.BOOKED, service(i), slot(i));
        }
        receive(outage("net", Outage.OPEN));
        for (int turns = 0; !sent.containsKey(Cell.ALL.key()); turns++) {
            assertThat(turns).isLessThan(1_000);
            turn();
        }
    }

    private static String service(int number) {
        return "s" + number % 4;
    }

    private static long slot(int number) {
        return NOON + (1 + number % 900) * MINUTE;
    }

    /** Otherwise no message would correct the preview. */
    @Test
    void sendsThePreviewedCellsAgainAfterACrash() {
        sendPreview();
        Set<String> previewed = Set.copyOf(sent.keySet());

        start(5);
        assessor.process(new Record<>("net", new Broadcast.OutageRemoved("net", NOON - MINUTE, 0, NOON), NOON));
        sent.clear();
        settle();

        assertThat(sent.keySet()).containsAll(previewed);
        assertThat(notZero(sent)).isEmpty();
        assertThat(notZero(content(counts))).isEmpty();
    }

    /** One appointment per turn, so that all kinds of change interleave. */
    @Test
    void sendsTheCountsOfAllImpactsInTheEnd() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            open(0);
            long now = NOON;
            Map<String, Long> sequences = new HashMap<>();
            for (int step = 0; step < 400; step++) {
                switch (random.nextInt(10)) {
                    case 0 ->
                        receive(outage(
                                random.nextBoolean() ? "net" : "pas",
                                random.nextBoolean() ? Outage.OPEN : NOON + random.nextInt(1_000) * MINUTE));
                    case 1 -> {
                        String system = random.nextBoolean() ? "net" : "pas";
                        send(system, new Broadcast.OutageRemoved(system, NOON - MINUTE, OF_ANOTHER_PARTITION, now));
                    }
                    case 2 -> {
                        now += random.nextInt(30) * MINUTE;
                        send("clock", new Broadcast.Tick(now));
                    }
                    case 3, 4 -> {
                        for (int turns = random.nextInt(60); turns >= 0; turns--) {
                            turn();
                        }
                    }
                    case 5 -> {
                        String id = "a" + random.nextInt(40);
                        String replacementId = "b" + random.nextInt(3);
                        Replacement replacement =
                                new Replacement(replacementId, AppointmentStatus.BOOKED, null, now + 60 * MINUTE, now);
                        send(id, random.nextBoolean() ? Link.to(replacement) : Link.withdrawn(replacementId));
                    }
                    default -> {
                        String id = "a" + random.nextInt(40);
                        boolean first = !sequences.containsKey(id);
                        AppointmentStatus status = first
                                ? AppointmentStatus.BOOKED
                                : AppointmentStatus.values()[random.nextInt(AppointmentStatus.values().length)];
                        book(
                                id,
                                sequences.merge(id, random.nextInt(5) == 0 ? 0L : 1L, Long::sum),
                                status,
                                "s" + random.nextInt(4),
                                NOON + random.nextInt(2_000) * MINUTE);
                    }
                }
            }
            settle();

            assertThat(notZero(sent)).as("seed %d, sent", seed).isEqualTo(ofImpacts());
            assertThat(notZero(content(counts))).as("seed %d, stored", seed).isEqualTo(ofImpacts());
        }
    }

    private static Broadcast outage(String systemId, long endedAt) {
        Outage outage = new Outage(systemId, NOON - MINUTE, endedAt, false, Evidence.OBSERVED, NOON);
        return new Broadcast.OutagePut(outage, OF_ANOTHER_PARTITION, NOON);
    }

    private void receive(Broadcast broadcast) {
        send("any", broadcast);
    }

    private void book(String id, long sequence, AppointmentStatus status, String serviceId, long slotStart) {
        AppointmentVersion version = new AppointmentVersion(
                id,
                sequence,
                status,
                status == AppointmentStatus.CANCELLED ? ChangeReason.IT_OUTAGE : null,
                serviceId,
                slotStart,
                slotStart + 15 * MINUTE,
                Priority.values()[1 + Math.floorMod(id.hashCode(), 4)],
                null,
                null,
                NOON + sequence * MINUTE,
                null);
        send(id, new RawRecord<>(version, new byte[0], NOON));
    }

    private void send(String key, Object value) {
        assessor.process(new Record<>(key, value, NOON));
        readOutputs();
    }

    private void turn() {
        List<MockProcessorContext.CapturedPunctuator> punctuators = context.scheduledPunctuators();
        punctuators.get(punctuators.size() - 1).getPunctuator().punctuate(NOON);
        readOutputs();
    }

    private void settle() {
        for (int turns = 0; turns < 100_000; turns++) {
            turn();
            if (activity.pending() == 0) {
                return;
            }
        }
        throw new AssertionError("does not become idle");
    }

    private void readOutputs() {
        context.forwarded().forEach(captured -> {
            Record<?, ?> out = captured.record();
            if (out.value() instanceof Partial.CellCount count) {
                assertThat(count.counts().atRisk()).as((String) out.key()).isNotNegative();
                sent.put((String) out.key(), count.counts());
                cellsSent++;
            } else if (captured.childName().orElse("").equals(Names.TO_CARE_IMPACTS)) {
                impacts.put((String) out.key(), out.value() == null ? null : ((AssessedImpact) out.value()).impact());
            }
        });
        context.resetForwards();
    }

    private Map<String, ImpactCounts> ofImpacts() {
        Map<String, ImpactCounts> expected = new HashMap<>();
        impacts.values().forEach(impact -> {
            CellGroup group = impact == null
                    ? null
                    : CellGroup.of(impact, services.get(impact.serviceId()).specialty());
            if (group != null) {
                cells.of(group)
                        .forEach(cell -> expected.merge(cell.key(), ImpactCounts.of(impact), ImpactCounts::plus));
            }
        });
        return expected;
    }

    private static Map<String, ImpactCounts> notZero(Map<String, ImpactCounts> all) {
        Map<String, ImpactCounts> some = new HashMap<>(all);
        some.values().removeIf(ImpactCounts.ZERO::equals);
        return some;
    }

    /** Four services that need the network, two of them the patient administration system as well. */
    private void open(long maxTurnMs) {
        context = new MockProcessorContext<>();
        context.setCurrentSystemTimeMs(NOON);
        context.setCurrentStreamTimeMs(NOON);
        store(context, Names.SITUATION, Serdes.String(), InternalSerdes.BROADCAST);
        store(context, Names.ASSESSOR_PROGRESS, Serdes.String(), Serdes.Long());
        store(context, Names.APPOINTMENT_INDEX, Serdes.Bytes(), Serdes.ByteArray());
        counts = store(context, Names.PARTIAL_COUNTS, Serdes.String(), InternalSerdes.COUNTS);
        store(context, Names.UNCOUNTED_CHANGES, Serdes.Long(), InternalSerdes.GROUP_CHANGE);
        store(context, Names.APPOINTMENTS, Serdes.String(), InternalSerdes.APPOINTMENT_STATE);
        store(context, Names.REPLACEMENTS, Serdes.Bytes(), InternalSerdes.REPLACEMENT);
        store(context, Names.WORK, Serdes.Long(), InternalSerdes.WORK_ITEM);
        store(context, Names.PARKED_APPOINTMENTS, Serdes.String(), InternalSerdes.PARKED);
        sent.clear();
        impacts.clear();
        start(maxTurnMs);
        for (String system : List.of("net", "pas")) {
            receive(new Broadcast.SystemPut(new MonitoredSystem(
                    system, system, "ZZ9", "other", Set.of(), new MonitoringPolicy(0, 0, MINUTE), null)));
        }
        for (int i = 0; i < 4; i++) {
            Requirement network = new Requirement("net", Capability.RECORDS, 0);
            Requirement records = new Requirement("pas", Capability.RECORDS, 20 * MINUTE);
            CareService service = new CareService(
                    "s" + i,
                    "Service " + i,
                    "ZZ9",
                    "ZZ90" + i % 2,
                    "32" + i,
                    Category.OUTPATIENT,
                    i < 2 ? List.of(network) : List.of(network, records));
            services.put(service.serviceId(), service);
            receive(new Broadcast.ServicePut(service));
        }
        send("clock", new Broadcast.Tick(NOON));
        settle();
    }

    private void start(long maxTurnMs) {
        assessor = new ImpactAssessor(
                context,
                new PipelineSettings(
                        "test.",
                        Rules.DEFAULT,
                        new ClockMode.Live(24 * 60 * MINUTE),
                        Duration.ofDays(400).toMillis(),
                        MINUTE,
                        maxTurnMs),
                activity,
                (topic, partition, wallClock) -> true);
    }
}
