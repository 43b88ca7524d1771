package org.knockon.streams.impact;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.Rules;
import org.knockon.streams.Activity;
import org.knockon.streams.ClockMode;
import org.knockon.streams.Names;
import org.knockon.streams.PipelineSettings;
import org.knockon.streams.failure.Raw;
import org.knockon.streams.wire.Broadcast;
import org.knockon.streams.wire.Wire;

/** An assessor with stores that outlive it, and turns that come when the test says so. */
final class AssessorBench {

    static final long NOON = 1_658_228_400_000L;

    private final MockProcessorContext<Object, Object> context = new MockProcessorContext<>();
    private final long slice;

    /** @param slice milliseconds; with 0 each turn does one thing */
    AssessorBench(long slice) {
        this.slice = slice;
        context.setCurrentSystemTimeMs(NOON);
        context.setCurrentStreamTimeMs(NOON);
        store(Names.SITUATION, Serdes.String(), Wire.BROADCAST);
        store(Names.ASSESSOR_PROGRESS, Serdes.String(), Serdes.Long());
        store(Names.APPOINTMENT_INDEX, Serdes.Bytes(), Serdes.ByteArray());
        store(Names.PARTIAL_COUNTS, Serdes.String(), Wire.COUNTS);
        store(Names.APPOINTMENTS, Serdes.String(), Wire.APPOINTMENT_STATE);
        store(Names.WORK, Serdes.Long(), Wire.WORK_ITEM);
        store(Names.PARKED_APPOINTMENTS, Serdes.String(), Wire.PARKED);
    }

    /** Another one on the same stores, as after a crash when the one before was not closed. */
    ImpactAssessor start() {
        PipelineSettings settings = new PipelineSettings(
                "test.",
                Rules.DEFAULT,
                new ClockMode.Live(60_000),
                Duration.ofDays(400).toMillis(),
                60_000,
                slice);
        ImpactAssessor assessor =
                new ImpactAssessor(settings, new Activity(), (topic, partition, wallClock) -> true, 100);
        assessor.init(context);
        return assessor;
    }

    static void hear(ImpactAssessor assessor, Broadcast broadcast) {
        assessor.process(new Record<>("heard", broadcast, NOON));
    }

    static void book(ImpactAssessor assessor, String id, String serviceId) {
        AppointmentVersion version = new AppointmentVersion(
                id,
                1,
                AppointmentStatus.BOOKED,
                null,
                serviceId,
                NOON,
                NOON + 60_000,
                Priority.ROUTINE,
                "p",
                null,
                NOON - 60_000);
        assessor.process(new Record<>(id, new Raw<>(version, new byte[0]), NOON));
    }

    /** The next steady turn of the assessor that was started last. */
    void turn() {
        List<MockProcessorContext.CapturedPunctuator> turns = context.scheduledPunctuators().stream()
                .filter(turn -> turn.getInterval().toMillis() == 100)
                .toList();
        turns.get(turns.size() - 1).getPunctuator().punctuate(NOON);
    }

    /** Values sent to a sink since the last call of {@link #forget}. */
    List<Object> sent(String sink) {
        return context.forwarded(sink).stream()
                .<Object>map(forward -> forward.record().value())
                .toList();
    }

    /** The same of one key. */
    List<Object> sentTo(String sink, String key) {
        return context.forwarded(sink).stream()
                .filter(forward -> forward.record().key().equals(key))
                .<Object>map(forward -> forward.record().value())
                .toList();
    }

    void forget() {
        context.resetForwards();
    }

    <K, V> KeyValueStore<K, V> store(String name) {
        return context.getStateStore(name);
    }

    private <K, V> void store(String name, Serde<K> key, Serde<V> value) {
        KeyValueStore<K, V> store = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), key, value)
                .withLoggingDisabled()
                .withCachingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
    }
}
