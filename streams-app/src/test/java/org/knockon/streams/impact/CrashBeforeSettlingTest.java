package org.knockon.streams.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.streams.HeapStores.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Capability;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.ImpactState;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.Requirement;
import org.knockon.impact.model.Rules;
import org.knockon.schemas.AssessedImpact;
import org.knockon.streams.codec.Broadcast;
import org.knockon.streams.codec.InternalSerdes;
import org.knockon.streams.codec.Partial;
import org.knockon.streams.failure.RawRecord;
import org.knockon.streams.settings.ClockMode;
import org.knockon.streams.settings.PipelineSettings;
import org.knockon.streams.task.Activity;
import org.knockon.streams.task.Names;

/** The effect of a change is worked out in later turns. A crash before them must not lose it. */
class CrashBeforeSettlingTest {

    private static final long NOON = 1_658_228_400_000L;
    private static final long HOUR = 3_600_000L;

    private final MockProcessorContext<Object, Object> context = new MockProcessorContext<>();
    private KeyValueStore<String, Long> progress;
    private ImpactAssessor assessor;

    @BeforeEach
    void clinicAndTheatreDependOnSystems() {
        context.setCurrentSystemTimeMs(NOON);
        context.setCurrentStreamTimeMs(NOON);
        store(context, Names.SITUATION, Serdes.String(), InternalSerdes.BROADCAST);
        progress = store(context, Names.ASSESSOR_PROGRESS, Serdes.String(), Serdes.Long());
        store(context, Names.APPOINTMENT_INDEX, Serdes.Bytes(), Serdes.ByteArray());
        store(context, Names.PARTIAL_COUNTS, Serdes.String(), InternalSerdes.COUNTS);
        store(context, Names.UNCOUNTED_CHANGES, Serdes.Long(), InternalSerdes.GROUP_CHANGE);
        store(context, Names.APPOINTMENTS, Serdes.String(), InternalSerdes.APPOINTMENT_STATE);
        store(context, Names.WORK, Serdes.Long(), InternalSerdes.WORK_ITEM);
        store(context, Names.PARKED_APPOINTMENTS, Serdes.String(), InternalSerdes.PARKED);
        start();
        receive(system("database"));
        receive(system("epr", "database"));
        receive(system("theatres"));
        receive(service("clinic", "epr"));
        receive(service("theatre", "theatres"));
        receive(new Broadcast.Tick(NOON));
        book("a1", "clinic");
        book("a2", "clinic");
        book("a3", "theatre");
        drain();
        context.resetForwards();
    }

    @Test
    void outageIsAssessedAfterTheRestart() {
        receive(outage("theatres", Outage.OPEN));
        receive(outage("database", Outage.OPEN));
        assertThat(impacts())
                .as("only the first broadcast after an idle turn is processed immediately")
                .containsExactly("a3 AT_RISK");

        crash();
        drain();

        assertThat(impacts()).containsExactlyInAnyOrder("a1 AT_RISK", "a2 AT_RISK");
    }

    @Test
    void endOfAnOutageIsAssessedAfterTheRestart() {
        receive(outage("database", Outage.OPEN));
        drain();
        receive(outage("theatres", Outage.OPEN));
        context.resetForwards();
        receive(outage("database", NOON));

        crash();
        drain();

        assertThat(impacts()).containsExactlyInAnyOrder("a1 NONE", "a2 NONE");
    }

    @Test
    void removedDependencyIsAssessedAfterTheRestart() {
        receive(outage("database", Outage.OPEN));
        drain();
        receive(outage("theatres", Outage.OPEN));
        context.resetForwards();
        receive(system("epr"));

        crash();
        drain();

        assertThat(impacts()).containsExactlyInAnyOrder("a1 NONE", "a2 NONE");
    }

    @Test
    void anImpactIsCountedAfterTheRestart() {
        receive(outage("theatres", Outage.OPEN));
        drain();
        book("a4", "theatre");
        assertThat(atRisk()).as("not sent before the next turn").isEqualTo(1);

        crash();
        drain();

        assertThat(atRisk()).isEqualTo(2);
    }

    @Test
    void anImpactIsCountedOnceIfTheCountsWereNotSent() {
        receive(outage("theatres", Outage.OPEN));
        drain();
        book("a4", "theatre");
        crash();
        crash();
        drain();
        crash();
        drain();

        assertThat(atRisk()).isEqualTo(2);
    }

    @Test
    void removesChangesOnceTheyAreSettled() {
        receive(outage("theatres", Outage.OPEN));
        receive(outage("database", Outage.OPEN));
        assertThat(progress.get("unsettled-from database")).isEqualTo(NOON - HOUR);

        drain();

        assertThat(progress.get("unsettled-from database")).isNull();
        assertThat(progress.get("unsettled-to database")).isNull();
    }

    private List<String> impacts() {
        List<String> impacts = new ArrayList<>();
        for (MockProcessorContext.CapturedForward<?, ?> forward : context.forwarded()) {
            if (forward.record().value() instanceof AssessedImpact assessed) {
                ImpactState state = assessed.impact().state();
                impacts.add(forward.record().key() + " " + state);
            }
        }
        return impacts;
    }

    /** The count of ALL that was sent last. */
    private long atRisk() {
        long last = 0;
        for (MockProcessorContext.CapturedForward<?, ?> forward : context.forwarded()) {
            if (forward.record().key().equals("ALL") && forward.record().value() instanceof Partial.CellCount count) {
                last = count.counts().atRisk();
            }
        }
        return last;
    }

    /** Without close: only the stores survive. */
    private void crash() {
        context.resetForwards();
        start();
    }

    private void start() {
        PipelineSettings settings = new PipelineSettings(
                "test.",
                Rules.DEFAULT,
                new ClockMode.Live(60_000),
                Duration.ofDays(400).toMillis(),
                60_000,
                20);
        assessor = new ImpactAssessor(context, settings, new Activity(), (topic, partition, wallClock) -> true);
    }

    private void drain() {
        List<MockProcessorContext.CapturedPunctuator> punctuators = context.scheduledPunctuators();
        for (int i = 0; i < 10; i++) {
            punctuators.get(punctuators.size() - 1).getPunctuator().punctuate(NOON);
        }
    }

    private void receive(Broadcast broadcast) {
        assessor.process(new Record<>("key", broadcast, NOON));
    }

    private void book(String id, String serviceId) {
        AppointmentVersion version = new AppointmentVersion(
                id,
                1,
                AppointmentStatus.BOOKED,
                null,
                serviceId,
                NOON + HOUR,
                NOON + 2 * HOUR,
                Priority.ROUTINE,
                "p",
                null,
                NOON - HOUR,
                null);
        assessor.process(new Record<>(id, new RawRecord<>(version, new byte[0], NOON), NOON));
    }

    private static Broadcast system(String systemId, String... dependsOn) {
        return new Broadcast.SystemPut(new MonitoredSystem(
                systemId,
                systemId,
                "ZZ9",
                "APPLICATION",
                Set.of(dependsOn),
                new MonitoringPolicy(60_000, 60_000, 60_000),
                null));
    }

    private static Broadcast service(String serviceId, String systemId) {
        return new Broadcast.ServicePut(new CareService(
                serviceId,
                serviceId,
                "ZZ9",
                "ZZ901",
                "320",
                Category.OUTPATIENT,
                List.of(new Requirement(systemId, Capability.RECORDS, 0))));
    }

    private static Broadcast outage(String systemId, long endedAt) {
        return new Broadcast.OutagePut(
                new Outage(systemId, NOON - HOUR, endedAt, false, Evidence.OBSERVED, NOON - HOUR), 0, NOON);
    }
}
