package org.knockon.streams;

import static org.knockon.streams.task.Names.APPOINTMENTS;
import static org.knockon.streams.task.Names.APPOINTMENT_INDEX;
import static org.knockon.streams.task.Names.ASSESSOR_PROGRESS;
import static org.knockon.streams.task.Names.CATALOGUE_BROADCASTER;
import static org.knockon.streams.task.Names.CELL_PARTIALS;
import static org.knockon.streams.task.Names.CELL_TALLIES;
import static org.knockon.streams.task.Names.CHECKPOINTS;
import static org.knockon.streams.task.Names.DETECTED_OUTAGES;
import static org.knockon.streams.task.Names.IMPACT_ASSESSOR;
import static org.knockon.streams.task.Names.IMPACT_COUNTER;
import static org.knockon.streams.task.Names.OBSERVATIONS;
import static org.knockon.streams.task.Names.OUTAGE_DETECTOR;
import static org.knockon.streams.task.Names.PARKED_APPOINTMENTS;
import static org.knockon.streams.task.Names.PARKED_OBSERVATIONS;
import static org.knockon.streams.task.Names.PARTIAL_COUNTS;
import static org.knockon.streams.task.Names.PARTITION_CLOCKS;
import static org.knockon.streams.task.Names.REPLACEMENTS;
import static org.knockon.streams.task.Names.SITUATION;
import static org.knockon.streams.task.Names.TO_BROADCAST;
import static org.knockon.streams.task.Names.TO_CARE_IMPACTS;
import static org.knockon.streams.task.Names.TO_CATALOGUE_BROADCAST;
import static org.knockon.streams.task.Names.TO_DEAD_LETTERS;
import static org.knockon.streams.task.Names.TO_IMPACT_COUNTS;
import static org.knockon.streams.task.Names.TO_IMPACT_HISTORY;
import static org.knockon.streams.task.Names.TO_OUTAGES;
import static org.knockon.streams.task.Names.TO_PARTIALS;
import static org.knockon.streams.task.Names.TO_REPLACES;
import static org.knockon.streams.task.Names.UNCOUNTED_CHANGES;
import static org.knockon.streams.task.Names.WORK;

import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.serde.KnockonSerdes;
import org.knockon.streams.catalogue.CatalogueBroadcaster;
import org.knockon.streams.codec.Broadcast;
import org.knockon.streams.codec.InternalSerdes;
import org.knockon.streams.codec.Partial;
import org.knockon.streams.count.ImpactCounter;
import org.knockon.streams.failure.InputTimestamps;
import org.knockon.streams.failure.RawRecord;
import org.knockon.streams.failure.RecordKeys;
import org.knockon.streams.impact.ImpactAssessor;
import org.knockon.streams.outage.OutageDetector;
import org.knockon.streams.settings.PipelineSettings;
import org.knockon.streams.task.Activity;
import org.knockon.streams.task.InputProgress;

/**
 * The dataflow of the pipeline.
 *
 * <p>Detector and assessor share a task because a task processes the oldest record of its partitions first.
 * Observations, appointments, outages and ticks of one partition are therefore merged by event time: a tick
 * normally does not overtake an observation that it would report missing, and an appointment is seldom assessed with the outages of
 * another day. As separate tasks they could be days apart in a replay at full speed. Sharing also halves the memory:
 * one copy of the situation serves both. The merge is best effort, since a task does not wait for a partition that it
 * has not fetched; late facts are corrected later. See decision 5.
 *
 * <p>The catalogue has tasks of its own because its records have no place among the events: nothing can be assessed
 * before it arrives, and its timestamps only show when an entry was published. So it is broadcast at once and counts
 * as older than anything. The counter has a task of its own because its partitions are cells, not appointments.
 *
 * <pre>
 * systems, care-services --> catalogue-broadcaster --> broadcast
 * system-health ---------+
 * broadcast -------------+-> outage-detector --------> broadcast
 * appointments ----------+
 * replaces --------------+-> impact-assessor --------> outages, care-impacts, replaces, partials
 * broadcast -------------+
 * partials ----------------> impact-counter ---------> impact-counts, impact-history
 * </pre>
 */
public final class KnockonTopology {

    /** The catalogue counts as older than any event. Outages and ticks keep their event time: see above. */
    private static final TimestampExtractor CATALOGUE_FIRST =
            (record, partitionTime) -> record.value() instanceof Broadcast.OfCatalogue ? 0 : record.timestamp();

    private final PipelineSettings settings;
    private final KnockonSerdes serdes;
    private final Activity activity;
    private final InputProgress inputProgress;
    private final Function<String, KeyValueBytesStoreSupplier> large;
    private final Topology topology = new Topology();

    private KnockonTopology(
            PipelineSettings settings,
            KnockonSerdes serdes,
            Activity activity,
            InputProgress inputProgress,
            Function<String, KeyValueBytesStoreSupplier> large) {
        this.settings = settings;
        this.serdes = serdes;
        this.activity = activity;
        this.inputProgress = inputProgress;
        this.large = large;
    }

    public static Topology build(
            PipelineSettings settings, KnockonSerdes serdes, Activity activity, InputProgress inputProgress) {
        return new KnockonTopology(settings, serdes, activity, inputProgress, Stores::persistentKeyValueStore).build();
    }

    /** With all stores on the heap, for tests: opening RocksDB takes longer than a small simulated world. */
    public static Topology buildOnHeap(
            PipelineSettings settings, KnockonSerdes serdes, Activity activity, InputProgress inputProgress) {
        return new KnockonTopology(settings, serdes, activity, inputProgress, Stores::inMemoryKeyValueStore).build();
    }

    private Topology build() {
        input(Topics.SYSTEMS);
        input(Topics.CARE_SERVICES);
        input(Topics.SYSTEM_HEALTH);
        input(Topics.APPOINTMENTS);
        topology.addSource(
                AutoOffsetReset.earliest(),
                Topics.BROADCAST.shortName(),
                CATALOGUE_FIRST,
                new StringDeserializer(),
                InternalSerdes.BROADCAST.deserializer(),
                name(Topics.BROADCAST));
        internal(Topics.REPLACES, InternalSerdes.LINK.deserializer());
        internal(Topics.PARTIALS, InternalSerdes.PARTIAL.deserializer());

        topology.addProcessor(
                CATALOGUE_BROADCASTER + "-systems",
                () -> CatalogueBroadcaster.ofSystems(settings.clock(), activity),
                Topics.SYSTEMS.shortName());
        topology.addProcessor(
                CATALOGUE_BROADCASTER + "-care-services",
                () -> CatalogueBroadcaster.ofServices(settings.clock(), activity),
                Topics.CARE_SERVICES.shortName());
        topology.addProcessor(
                IMPACT_ASSESSOR,
                () -> new RenewedProcessor<String, Object>(
                        context -> new ImpactAssessor(context, settings, activity, inputProgress)),
                Topics.APPOINTMENTS.shortName(),
                Topics.REPLACES.shortName(),
                Topics.BROADCAST.shortName());
        topology.addProcessor(
                OUTAGE_DETECTOR,
                () -> new RenewedProcessor<String, Object>(
                        context -> new OutageDetector(context, settings, activity, inputProgress)),
                Topics.SYSTEM_HEALTH.shortName(),
                Topics.BROADCAST.shortName());
        topology.addProcessor(
                IMPACT_COUNTER,
                () -> new RenewedProcessor<String, Partial>(context -> new ImpactCounter(context, activity)),
                Topics.PARTIALS.shortName());

        store(OBSERVATIONS, Serdes.Bytes(), Serdes.ByteArray(), true, OUTAGE_DETECTOR);
        store(CHECKPOINTS, Serdes.Bytes(), Serdes.ByteArray(), true, OUTAGE_DETECTOR);
        store(DETECTED_OUTAGES, Serdes.String(), InternalSerdes.OUTAGE, false, OUTAGE_DETECTOR);
        store(PARKED_OBSERVATIONS, Serdes.String(), InternalSerdes.PARKED, false, OUTAGE_DETECTOR);
        store(SITUATION, Serdes.String(), InternalSerdes.BROADCAST, false, OUTAGE_DETECTOR, IMPACT_ASSESSOR);
        store(ASSESSOR_PROGRESS, Serdes.String(), Serdes.Long(), false, IMPACT_ASSESSOR);
        store(APPOINTMENTS, Serdes.String(), InternalSerdes.APPOINTMENT_STATE, true, IMPACT_ASSESSOR);
        store(REPLACEMENTS, Serdes.Bytes(), InternalSerdes.REPLACEMENT, true, IMPACT_ASSESSOR);
        topology.addStateStore(
                builder(APPOINTMENT_INDEX, Serdes.Bytes(), Serdes.ByteArray(), true)
                        .withCachingDisabled()
                        .withLoggingDisabled(),
                IMPACT_ASSESSOR);
        store(WORK, Serdes.Long(), InternalSerdes.WORK_ITEM, false, IMPACT_ASSESSOR);
        store(PARKED_APPOINTMENTS, Serdes.String(), InternalSerdes.PARKED, false, IMPACT_ASSESSOR);
        cached(UNCOUNTED_CHANGES, Serdes.Long(), InternalSerdes.GROUP_CHANGE, IMPACT_ASSESSOR);
        cached(PARTIAL_COUNTS, Serdes.String(), InternalSerdes.COUNTS, IMPACT_ASSESSOR);
        cached(CELL_PARTIALS, Serdes.String(), InternalSerdes.COUNTS, IMPACT_COUNTER);
        cached(CELL_TALLIES, Serdes.String(), InternalSerdes.CELL_TALLY, IMPACT_COUNTER);
        cached(PARTITION_CLOCKS, Serdes.Integer(), Serdes.Long(), IMPACT_COUNTER);

        // Two sinks for one topic, because Kafka Streams puts all parents of a sink in one task.
        broadcast(TO_CATALOGUE_BROADCAST, CATALOGUE_BROADCASTER + "-systems", CATALOGUE_BROADCASTER + "-care-services");
        broadcast(TO_BROADCAST, OUTAGE_DETECTOR);
        StreamPartitioner<String, Partial> ticksEverywhere = new Multicast<>(value -> value instanceof Partial.Tick);
        topology.addSink(
                TO_PARTIALS,
                name(Topics.PARTIALS),
                new StringSerializer(),
                InternalSerdes.PARTIAL.serializer(),
                ticksEverywhere,
                IMPACT_ASSESSOR);
        topology.addSink(
                TO_REPLACES,
                name(Topics.REPLACES),
                new StringSerializer(),
                InternalSerdes.LINK.serializer(),
                IMPACT_ASSESSOR);
        sink(TO_OUTAGES, Topics.OUTAGES, IMPACT_ASSESSOR);
        sink(TO_CARE_IMPACTS, Topics.CARE_IMPACTS, IMPACT_ASSESSOR);
        sink(TO_IMPACT_COUNTS, Topics.IMPACT_COUNTS, IMPACT_COUNTER);
        sink(TO_IMPACT_HISTORY, Topics.IMPACT_HISTORY, IMPACT_COUNTER);
        topology.addSink(
                TO_DEAD_LETTERS,
                name(Topics.DEAD_LETTERS),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                OUTAGE_DETECTOR,
                IMPACT_ASSESSOR);
        return topology;
    }

    private <V> void input(Topic<V> topic) {
        topology.addSource(
                AutoOffsetReset.earliest(),
                topic.shortName(),
                new InputTimestamps(topic, settings.clock()),
                new RecordKeys(),
                RawRecord.deserializer(serdes.value(topic).deserializer()),
                name(topic));
    }

    private void internal(Topic<?> topic, Deserializer<?> value) {
        topology.addSource(topic.shortName(), new StringDeserializer(), value, name(topic));
    }

    private void broadcast(String node, String... parents) {
        StreamPartitioner<String, Broadcast> everywhere = new Multicast<>(value -> true);
        topology.addSink(
                node,
                name(Topics.BROADCAST),
                new StringSerializer(),
                InternalSerdes.BROADCAST.serializer(),
                everywhere,
                parents);
    }

    private <V> void sink(String node, Topic<V> topic, String parent) {
        topology.addSink(
                node, name(topic), new StringSerializer(), serdes.value(topic).serializer(), parent);
    }

    /** Large stores are in RocksDB, small ones on the heap. All but the index have a changelog. */
    private <K, V> void store(String name, Serde<K> key, Serde<V> value, boolean isLarge, String... processors) {
        topology.addStateStore(builder(name, key, value, isLarge).withCachingDisabled(), processors);
    }

    /**
     * Small stores whose values change many times between two commits: the cache keeps these changes out of the
     * changelog.
     */
    private <K, V> void cached(String name, Serde<K> key, Serde<V> value, String... processors) {
        topology.addStateStore(builder(name, key, value, false).withCachingEnabled(), processors);
    }

    private <K, V> StoreBuilder<KeyValueStore<K, V>> builder(
            String name, Serde<K> key, Serde<V> value, boolean isLarge) {
        return Stores.keyValueStoreBuilder(
                isLarge ? large.apply(name) : Stores.inMemoryKeyValueStore(name), key, value);
    }

    private String name(Topic<?> topic) {
        return topic.name(settings.prefix());
    }
}
