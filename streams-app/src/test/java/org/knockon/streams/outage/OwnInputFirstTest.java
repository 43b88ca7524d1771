package org.knockon.streams.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.streams.HeapStores.store;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Rules;
import org.knockon.impact.model.SystemStatus;
import org.knockon.streams.codec.Broadcast;
import org.knockon.streams.codec.InternalSerdes;
import org.knockon.streams.failure.RawRecord;
import org.knockon.streams.settings.ClockMode;
import org.knockon.streams.settings.PipelineSettings;
import org.knockon.streams.task.Activity;
import org.knockon.streams.task.Names;

/** A partition accepts the clock of others, and the wall clock, only after its own observations up to then. */
class OwnInputFirstTest {

    private static final long NOON = 1_658_228_400_000L;
    private static final long MINUTE = 60_000L;
    private static final long SILENCE = 10 * MINUTE;

    private final MockProcessorContext<Object, Object> context = new MockProcessorContext<>();
    private boolean inputConsumed;

    @BeforeEach
    void setUp() {
        context.setCurrentSystemTimeMs(NOON);
        store(context, Names.OBSERVATIONS, Serdes.Bytes(), Serdes.ByteArray());
        store(context, Names.CHECKPOINTS, Serdes.Bytes(), Serdes.ByteArray());
        store(context, Names.DETECTED_OUTAGES, Serdes.String(), InternalSerdes.OUTAGE);
        store(context, Names.PARKED_OBSERVATIONS, Serdes.String(), InternalSerdes.PARKED);
        store(context, Names.SITUATION, Serdes.String(), InternalSerdes.BROADCAST);
    }

    @Test
    void aLaterClockOfOthersIsNotSilenceWhileOwnObservationsAreUnread() {
        OutageDetector detector = detector(new ClockMode.Replay(NOON - 60 * MINUTE, NOON + 600 * MINUTE));
        observe(detector, NOON);
        tick(detector, NOON + 60 * MINUTE);

        inputConsumed = false;
        check(Duration.ofMinutes(5));
        for (int i = 1; i <= 12; i++) {
            observe(detector, NOON + i * 5L * MINUTE);
        }
        inputConsumed = true;
        check(Duration.ofSeconds(1));

        assertThat(outages()).isEmpty();
    }

    @Test
    void theClockOfOthersShowsSilenceOnceOwnObservationsAreRead() {
        OutageDetector detector = detector(new ClockMode.Replay(NOON - 60 * MINUTE, NOON + 600 * MINUTE));
        observe(detector, NOON);
        tick(detector, NOON + 60 * MINUTE);

        inputConsumed = true;
        check(Duration.ofMillis(200));

        assertThat(outages()).singleElement().satisfies(put -> {
            assertThat(put.outage().startedAt()).isEqualTo(NOON);
            assertThat(put.outage().evidence()).isEqualTo(Evidence.SILENCE);
        });
    }

    @Test
    void liveTheWallClockWaitsForOwnObservations() {
        OutageDetector detector = detector(new ClockMode.Live(MINUTE));
        observe(detector, NOON);

        inputConsumed = false;
        check(Duration.ofHours(1));
        assertThat(outages()).isEmpty();

        inputConsumed = true;
        check(Duration.ofSeconds(1));
        assertThat(outages())
                .singleElement()
                .satisfies(put -> assertThat(put.outage().startedAt()).isEqualTo(NOON));
    }

    /** Monitoring that arrives late but steadily in another partition is not silence. */
    @Test
    void liveTheWallClockDoesNotTakeOverWhileOthersStillObserve() {
        OutageDetector detector = detector(new ClockMode.Live(MINUTE));
        long late = 8 * MINUTE;
        observe(detector, NOON - late);
        inputConsumed = true;

        for (int second = 5; second < 20 * 60; second += 5) {
            tick(detector, NOON + second * 1000L - late);
            check(Duration.ofSeconds(5));
        }
        assertThat(outages())
                .as("by the clock of others, twenty minutes after the last observation")
                .hasSize(1);
        assertThat(ticks()).as("other partitions lead").isEmpty();

        check(Duration.ofSeconds(11));
        assertThat(ticks()).as("all partitions are silent").last().isEqualTo(context.currentSystemTimeMs());
    }

    private OutageDetector detector(ClockMode clock) {
        PipelineSettings settings = new PipelineSettings(
                "test.", Rules.DEFAULT, clock, Duration.ofDays(400).toMillis(), 60_000, 20);
        OutageDetector detector =
                new OutageDetector(context, settings, new Activity(), (topic, partition, wallClock) -> inputConsumed);
        detector.process(new Record<>(
                "pas",
                new Broadcast.SystemPut(new MonitoredSystem(
                        "pas",
                        "PAS",
                        "ZZ9",
                        "APPLICATION",
                        Set.of(),
                        new MonitoringPolicy(MINUTE, MINUTE, SILENCE),
                        null)),
                0));
        return detector;
    }

    private static void observe(OutageDetector detector, long at) {
        detector.process(new Record<>(
                "pas",
                new RawRecord<>(new Observation("pas", SystemStatus.UP, at, "probe", null), new byte[0], at),
                at));
    }

    private static void tick(OutageDetector detector, long now) {
        detector.process(new Record<>("clock", new Broadcast.Tick(now), now));
    }

    /** Advances the wall clock and lets the detector check. */
    private void check(Duration later) {
        context.setCurrentSystemTimeMs(context.currentSystemTimeMs() + later.toMillis());
        context.scheduledPunctuators()
                .forEach(punctuator -> punctuator.getPunctuator().punctuate(context.currentSystemTimeMs()));
    }

    /** The ticks that this partition has sent. */
    private List<Long> ticks() {
        return context.forwarded().stream()
                .map(forwarded -> forwarded.record().value())
                .filter(Broadcast.Tick.class::isInstance)
                .map(tick -> ((Broadcast.Tick) tick).now())
                .toList();
    }

    private List<Broadcast.OutagePut> outages() {
        return context.forwarded().stream()
                .map(forwarded -> forwarded.record().value())
                .filter(Broadcast.OutagePut.class::isInstance)
                .map(Broadcast.OutagePut.class::cast)
                .toList();
    }
}
