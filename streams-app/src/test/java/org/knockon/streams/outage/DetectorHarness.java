package org.knockon.streams.outage;

import static org.knockon.streams.HeapStores.store;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.Rules;
import org.knockon.oracle.BatchOracle;
import org.knockon.oracle.Inputs;
import org.knockon.streams.codec.Broadcast;
import org.knockon.streams.codec.InternalSerdes;
import org.knockon.streams.failure.RawRecord;
import org.knockon.streams.settings.ClockMode;
import org.knockon.streams.settings.PipelineSettings;
import org.knockon.streams.situation.SituationStore;
import org.knockon.streams.task.Activity;
import org.knockon.streams.task.Names;

/** Runs a detector without a topology, restarts it at any moment, and records what it announces. */
final class DetectorHarness implements AutoCloseable {

    final Map<String, Outage> announced = new HashMap<>();
    final List<Long> ticks = new ArrayList<>();
    final MockProcessorContext<Object, Object> context;
    final KeyValueStore<Bytes, byte[]> observations;
    final KeyValueStore<Bytes, byte[]> checkpoints;
    final KeyValueStore<String, Outage> detected;
    Activity activity;

    /** Whether the detector has consumed its whole partition. */
    boolean inputConsumed = true;

    private final PipelineSettings settings;
    private final int mostMonitors;
    private final SituationStore situation;
    private final Map<String, MonitoredSystem> systems = new HashMap<>();
    private final List<Observation> seen = new ArrayList<>();
    private OutageDetector detector;

    /** @param maxTurnMs with 0 each turn does as little as it can */
    DetectorHarness(long maxTurnMs, int mostMonitors) {
        this(maxTurnMs, mostMonitors, null);
    }

    /** @param folder for the stores that are on disk in production; null for the heap */
    DetectorHarness(long maxTurnMs, int mostMonitors, Path folder) {
        context =
                new MockProcessorContext<>(new Properties(), new TaskId(0, 0), folder == null ? null : folder.toFile());
        this.mostMonitors = mostMonitors;
        settings = new PipelineSettings(
                "test.",
                Rules.DEFAULT,
                new ClockMode.Replay(
                        Instant.parse("2020-01-01T00:00:00Z").toEpochMilli(),
                        Instant.parse("2030-01-01T00:00:00Z").toEpochMilli()),
                Duration.ofDays(400).toMillis(),
                60_000,
                maxTurnMs);
        context.setCurrentSystemTimeMs(0);
        observations = large(Names.OBSERVATIONS, folder);
        checkpoints = large(Names.CHECKPOINTS, folder);
        detected = store(context, Names.DETECTED_OUTAGES, Serdes.String(), InternalSerdes.OUTAGE);
        store(context, Names.PARKED_OBSERVATIONS, Serdes.String(), InternalSerdes.PARKED);
        situation = new SituationStore(store(context, Names.SITUATION, Serdes.String(), InternalSerdes.BROADCAST));
        restart();
    }

    private KeyValueStore<Bytes, byte[]> large(String name, Path folder) {
        if (folder == null) {
            return store(context, name, Serdes.Bytes(), Serdes.ByteArray());
        }
        KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .withCachingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        return store;
    }

    @Override
    public void close() {
        observations.close();
        checkpoints.close();
    }

    void restart() {
        read();
        activity = new Activity();
        detector = new OutageDetector(
                context, settings, activity, (topic, partition, wallClock) -> inputConsumed, mostMonitors);
    }

    static MonitoredSystem system(String systemId, MonitoringPolicy policy) {
        return new MonitoredSystem(systemId, systemId, "ZZ9", "APPLICATION", Set.of(), policy, null);
    }

    void put(MonitoredSystem system) {
        systems.put(system.systemId(), system);
        broadcast(new Broadcast.SystemPut(system));
    }

    void remove(String systemId) {
        systems.remove(systemId);
        broadcast(new Broadcast.SystemRemoved(systemId));
    }

    void tick(long now) {
        broadcast(new Broadcast.Tick(now));
    }

    /** The assessor of the same task stores each message before the detector receives it. */
    private void broadcast(Broadcast broadcast) {
        situation.apply(broadcast);
        detector.process(new Record<>("", broadcast, 0));
        read();
    }

    void observe(Observation observation) {
        seen.add(observation);
        detector.process(new Record<>(
                observation.systemId(),
                new RawRecord<>(observation, new byte[0], observation.observedAt()),
                observation.observedAt()));
        read();
    }

    /** Advances the wall clock and lets the detector do its pending work. */
    void check() {
        context.setCurrentSystemTimeMs(context.currentSystemTimeMs() + 1_000);
        List<MockProcessorContext.CapturedPunctuator> all = context.scheduledPunctuators();
        all.get(all.size() - 1).getPunctuator().punctuate(context.currentSystemTimeMs());
        read();
    }

    /** Returns the number of checks it took. */
    int settle() {
        int checks = 0;
        do {
            check();
            checks++;
            if (checks > 1_000_000) {
                throw new AssertionError("does not finish: " + activity.pending() + " items left");
            }
        } while (activity.pending() > 0);
        return checks;
    }

    /** As {@link #settle()}, with a few restarts. */
    void settle(Random random) {
        for (int restarts = random.nextInt(4); restarts > 0; restarts--) {
            for (int checks = random.nextInt(60); checks > 0 && activity.pending() > 0; checks--) {
                check();
            }
            restart();
        }
        settle();
    }

    /** The oracle's result for everything the detector received. */
    Map<String, Outage> expected() {
        Map<String, Outage> expected = new HashMap<>();
        BatchOracle.judge(new Inputs(systems, Map.of(), seen, List.of()), Rules.DEFAULT, mostMonitors)
                .outages()
                .forEach((id, outage) -> expected.put(id, outage.outage()));
        return expected;
    }

    private void read() {
        context.forwarded().forEach(forwarded -> {
            if (forwarded.record().value() instanceof Broadcast.OutagePut put) {
                announced.put(put.outage().id(), put.outage());
            } else if (forwarded.record().value() instanceof Broadcast.OutageRemoved removed) {
                announced.remove(new Outage(removed.systemId(), removed.startedAt(), Outage.OPEN, false, null, 0).id());
            } else if (forwarded.record().value() instanceof Broadcast.Tick tick) {
                ticks.add(tick.now());
            }
        });
        context.resetForwards();
    }
}
