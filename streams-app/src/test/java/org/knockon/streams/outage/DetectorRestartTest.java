package org.knockon.streams.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.streams.HeapStores.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.Rules;
import org.knockon.impact.model.SystemStatus;
import org.knockon.oracle.BatchOracle;
import org.knockon.oracle.worlds.RandomWorld;
import org.knockon.oracle.worlds.WorldEvent;
import org.knockon.streams.Activity;
import org.knockon.streams.ClockMode;
import org.knockon.streams.Names;
import org.knockon.streams.PipelineSettings;
import org.knockon.streams.failure.RawRecord;
import org.knockon.streams.wire.Broadcast;
import org.knockon.streams.wire.Wire;

/** A detector that ends and begins anew between any two records announces, in the end, what the oracle says. */
class DetectorRestartTest {

    private static final int SEEDS = 300;
    private static final PipelineSettings SETTINGS = new PipelineSettings(
            "test.",
            Rules.DEFAULT,
            new ClockMode.Replay(
                    Instant.parse("2020-01-01T00:00:00Z").toEpochMilli(),
                    Instant.parse("2030-01-01T00:00:00Z").toEpochMilli()),
            Duration.ofDays(400).toMillis(),
            60_000,
            20);

    @Test
    void announcesTheSameWhereverItIsInterrupted() {
        for (long seed = 0; seed < SEEDS; seed++) {
            new Run(seed).go();
        }
    }

    private static final class Run {

        private final long seed;
        private final Random random;
        private final MockProcessorContext<Object, Object> context = new MockProcessorContext<>();
        private final KeyValueStore<String, Broadcast> situation;
        private final Map<String, Outage> announced = new HashMap<>();
        private OutageDetector detector;
        private boolean takenIn;

        Run(long seed) {
            this.seed = seed;
            random = new Random(seed);
            context.setCurrentSystemTimeMs(0);
            store(context, Names.OBSERVATIONS, Serdes.Bytes(), Serdes.ByteArray());
            store(context, Names.CHECKPOINTS, Serdes.Bytes(), Serdes.ByteArray());
            store(context, Names.DETECTED_OUTAGES, Serdes.String(), Wire.OUTAGE);
            store(context, Names.PARKED_OBSERVATIONS, Serdes.String(), Wire.PARKED);
            situation = store(context, Names.SITUATION, Serdes.String(), Wire.BROADCAST);
        }

        void go() {
            RandomWorld world = RandomWorld.of(seed);
            List<WorldEvent> events = seed % 2 == 0 ? world.events() : world.shuffled(seed);
            List<WorldEvent.Observed> observations = new ArrayList<>();
            Map<String, MonitoredSystem> systems = new HashMap<>();
            for (WorldEvent event : events) {
                if (event instanceof WorldEvent.Observed observed) {
                    observations.add(observed);
                } else if (event instanceof WorldEvent.SystemChanged changed) {
                    systems.put(changed.system().systemId(), changed.system());
                }
            }
            // What is refused is a dead letter, and no part of any outage.
            observations.removeIf(observed ->
                    observed.observation().status() == SystemStatus.UNKNOWN || !systems.containsKey(observed.key()));
            long last = observations.stream().mapToLong(WorldEvent::at).max().orElse(0);
            restart();
            systems.values().forEach(system -> hear(new Broadcast.SystemPut(system)));
            for (WorldEvent.Observed observed : observations) {
                if (random.nextInt(10) == 0) {
                    restart();
                }
                if (random.nextInt(5) == 0) {
                    hear(new Broadcast.Tick(Math.min(
                            last,
                            observed.at() + Duration.ofHours(random.nextInt(12)).toMillis())));
                }
                if (random.nextInt(5) == 0) {
                    takenIn = random.nextInt(3) == 0;
                    lookUp();
                }
                detector.process(new Record<>(
                        observed.key(),
                        new RawRecord<>(observed.observation(), new byte[0], observed.at()),
                        observed.at()));
            }
            hear(new Broadcast.Tick(last));
            restart();
            takenIn = true;
            lookUp();

            Map<String, Outage> expected = new HashMap<>();
            BatchOracle.judge(RandomWorld.inputs(events), Rules.DEFAULT)
                    .outages()
                    .forEach((id, outage) -> expected.put(id, outage.outage()));
            assertThat(announced).as("seed %d", seed).isEqualTo(expected);
        }

        /** As the assessor, which shares the store, keeps it. */
        private void hear(Broadcast broadcast) {
            if (broadcast instanceof Broadcast.SystemPut put) {
                situation.put("system " + put.system().systemId(), put);
            } else if (broadcast instanceof Broadcast.Tick tick
                    && !(situation.get("clock") instanceof Broadcast.Tick known && known.now() >= tick.now())) {
                situation.put("clock", tick);
            }
            detector.process(new Record<>("", broadcast, 0));
            read();
        }

        private void restart() {
            read();
            detector = new OutageDetector(SETTINGS, new Activity(), (topic, partition, wallClock) -> takenIn);
            detector.init(context);
        }

        private void lookUp() {
            context.setCurrentSystemTimeMs(context.currentSystemTimeMs() + 1_000);
            List<MockProcessorContext.CapturedPunctuator> all = context.scheduledPunctuators();
            all.get(all.size() - 1).getPunctuator().punctuate(context.currentSystemTimeMs());
            read();
        }

        private void read() {
            context.forwarded().forEach(forwarded -> {
                if (forwarded.record().value() instanceof Broadcast.OutagePut put) {
                    announced.put(put.outage().id(), put.outage());
                } else if (forwarded.record().value() instanceof Broadcast.OutageRemoved removed) {
                    announced.remove(
                            new Outage(removed.systemId(), removed.startedAt(), Outage.OPEN, false, null, 0).id());
                }
            });
            context.resetForwards();
        }
    }
}
