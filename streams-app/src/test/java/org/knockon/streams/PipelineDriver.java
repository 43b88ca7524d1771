package org.knockon.streams;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.impact.model.Rules;
import org.knockon.oracle.worlds.WorldEvent;
import org.knockon.schemas.AssessedImpact;
import org.knockon.schemas.CellCounts;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.limits.EventTimes;
import org.knockon.schemas.registry.RegistryClient;
import org.knockon.schemas.serde.KnockonSerdes;
import org.knockon.streams.app.StreamsProperties;
import org.knockon.streams.settings.ClockMode;
import org.knockon.streams.settings.PipelineSettings;
import org.knockon.streams.task.Activity;
import org.knockon.streams.task.InputProgress;

/**
 * Runs the whole topology in one thread without a broker: takes events and returns the content of the public topics.
 */
final class PipelineDriver implements AutoCloseable {

    static final String PREFIX = "knockon.";
    static final long GRACE = 1_000;
    static final PipelineSettings SETTINGS = settings(Rules.DEFAULT);

    static final Instant WALL_CLOCK = Instant.parse("2026-01-01T00:00:00Z");

    static final Map<String, String> REGISTRY = Map.of("schema.registry.url", "mock://pipeline");

    /** Several drivers may run in parallel, each with its own state folder. */
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Map<String, PublishedOutage> outages = new HashMap<>();
    private int outageRecords;
    private final Map<String, Impact> impacts = new HashMap<>();
    private final Map<String, ImpactCounts> counts = new HashMap<>();
    private final List<CellCounts> history = new ArrayList<>();
    private final List<TestRecord<byte[], byte[]>> deadLetters = new ArrayList<>();
    private final Activity activity = new Activity();
    private final KnockonSerdes serdes = new KnockonSerdes(REGISTRY);
    private final Map<Topic<?>, TestInputTopic<String, byte[]>> inputs = new HashMap<>();
    private final String applicationId = "pipeline-" + NUMBER.incrementAndGet();
    private final TopologyTestDriver driver;

    /** As in production. */
    static PipelineDriver onDisk() {
        return onDisk(Rules.DEFAULT);
    }

    static PipelineDriver onDisk(Rules rules) {
        return new PipelineDriver(KnockonTopology::build, settings(rules));
    }

    static PipelineDriver onHeap() {
        return onHeap(Rules.DEFAULT);
    }

    static PipelineDriver onHeap(Rules rules) {
        return new PipelineDriver(KnockonTopology::buildOnHeap, settings(rules));
    }

    /** Accepts observations of all years that a record may carry. */
    static PipelineDriver ofAllYears() {
        return withClock(new ClockMode.Replay(EventTimes.EARLIEST, EventTimes.LATEST));
    }

    /** The driver's wall clock starts at {@link #WALL_CLOCK}. */
    static PipelineDriver withClock(ClockMode clock) {
        return new PipelineDriver(KnockonTopology::buildOnHeap, settings(Rules.DEFAULT, clock));
    }

    /** Records in wire format that every driver can read. */
    static WireRecords wireRecords() {
        return new WireRecords(RegistryClient.open(REGISTRY), PREFIX);
    }

    private static PipelineSettings settings(Rules rules) {
        return settings(
                rules,
                new ClockMode.Replay(
                        Instant.parse("2020-01-01T00:00:00Z").toEpochMilli(),
                        Instant.parse("2030-01-01T00:00:00Z").toEpochMilli()));
    }

    private static PipelineSettings settings(Rules rules, ClockMode clock) {
        return new PipelineSettings(PREFIX, rules, clock, Duration.ofDays(400).toMillis(), GRACE, 20);
    }

    private PipelineDriver(TopologyBuilder topology, PipelineSettings settings) {
        Properties properties = new Properties();
        properties.putAll(StreamsProperties.failureHandling(PREFIX));
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        driver = new TopologyTestDriver(
                topology.build(settings, serdes, activity, (topic, partition, wallClock) -> true),
                properties,
                WALL_CLOCK);
        for (Topic<?> topic :
                List.of(Topics.SYSTEMS, Topics.CARE_SERVICES, Topics.SYSTEM_HEALTH, Topics.APPOINTMENTS)) {
            inputs.put(
                    topic,
                    driver.createInputTopic(topic.name(PREFIX), new StringSerializer(), new ByteArraySerializer()));
        }
    }

    void send(WorldEvent event) {
        if (event instanceof WorldEvent.SystemChanged changed) {
            send(Topics.SYSTEMS, event, changed.system());
        } else if (event instanceof WorldEvent.ServiceChanged changed) {
            send(Topics.CARE_SERVICES, event, changed.service());
        } else if (event instanceof WorldEvent.ServiceRemoved) {
            send(Topics.CARE_SERVICES, event, null);
        } else if (event instanceof WorldEvent.Observed observed) {
            send(Topics.SYSTEM_HEALTH, event, observed.observation());
        } else if (event instanceof WorldEvent.Booked booked) {
            send(Topics.APPOINTMENTS, event, booked.version());
        }
    }

    private <V> void send(Topic<V> topic, WorldEvent event, V value) {
        sendRaw(topic, event.key(), serdes.value(topic).serializer().serialize(topic.name(PREFIX), value), event.at());
    }

    void sendRaw(Topic<?> topic, String key, byte[] value, long timestamp) {
        inputs.get(topic).pipeInput(new TestRecord<>(key, value, Instant.ofEpochMilli(timestamp)));
    }

    /** Accepts any key and any timestamp. */
    void sendBytes(Topic<?> topic, byte[] key, byte[] value, long timestamp) {
        driver.createInputTopic(
                        topic.name(PREFIX),
                        new ByteArraySerializer(),
                        new ByteArraySerializer(),
                        Instant.ofEpochMilli(timestamp),
                        Duration.ZERO)
                .pipeInput(new TestRecord<>(key, value));
    }

    byte[] encode(WorldEvent.Booked booked) {
        return serdes.value(Topics.APPOINTMENTS)
                .serializer()
                .serialize(Topics.APPOINTMENTS.name(PREFIX), booked.version());
    }

    /** Advances the wall clock until no work is left, and reads the output. */
    void settle() {
        for (int i = 0; i < 10_000; i++) {
            driver.advanceWallClockTime(Duration.ofMillis(250));
            if (!drainOutputs() && activity.pending() == 0) {
                return;
            }
        }
        throw new AssertionError("still busy after 10,000 rounds: " + activity.pending() + " items left");
    }

    void advance(Duration wallClock) {
        driver.advanceWallClockTime(wallClock);
    }

    private boolean drainOutputs() {
        boolean any = drain(Topics.OUTAGES, outages, outage -> outage);
        any |= drain(Topics.CARE_IMPACTS, impacts, AssessedImpact::impact);
        any |= drain(Topics.IMPACT_COUNTS, counts, CellCounts::counts);
        var historyTopic = driver.createOutputTopic(
                Topics.IMPACT_HISTORY.name(PREFIX),
                new StringDeserializer(),
                serdes.value(Topics.IMPACT_HISTORY).deserializer());
        while (!historyTopic.isEmpty()) {
            history.add(historyTopic.readValue());
            any = true;
        }
        var dead = driver.createOutputTopic(
                Topics.DEAD_LETTERS.name(PREFIX), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        while (!dead.isEmpty()) {
            deadLetters.add(dead.readRecord());
            any = true;
        }
        return any;
    }

    private <V, T> boolean drain(Topic<V> topic, Map<String, T> into, Function<V, T> part) {
        Deserializer<V> deserializer = serdes.value(topic).deserializer();
        var out = driver.createOutputTopic(topic.name(PREFIX), new StringDeserializer(), deserializer);
        boolean any = false;
        while (!out.isEmpty()) {
            KeyValue<String, V> record = out.readKeyValue();
            outageRecords += topic.equals(Topics.OUTAGES) ? 1 : 0;
            if (record.value == null) {
                into.remove(record.key);
            } else {
                into.put(record.key, part.apply(record.value));
            }
            any = true;
        }
        return any;
    }

    Map<String, PublishedOutage> outages() {
        return outages;
    }

    /** Number of records on the topic outages, including tombstones. */
    int outageRecords() {
        return outageRecords;
    }

    Map<String, Impact> impacts() {
        return impacts;
    }

    Map<String, ImpactCounts> counts() {
        return counts;
    }

    List<CellCounts> history() {
        return history;
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        return deadLetters;
    }

    /** Number of entries of a store. */
    long stored(String store) {
        try (var all = driver.getKeyValueStore(store).all()) {
            long entries = 0;
            while (all.hasNext()) {
                all.next();
                entries++;
            }
            return entries;
        }
    }

    /** Sizes in bytes of the values written to a store's changelog since the last call, in order. */
    List<Integer> changelogSizes(String store) {
        var changelog = driver.createOutputTopic(
                applicationId + "-" + store + "-changelog", new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<Integer> sizes = new ArrayList<>();
        while (!changelog.isEmpty()) {
            byte[] value = changelog.readValue();
            sizes.add(value == null ? 0 : value.length);
        }
        return sizes;
    }

    Activity activity() {
        return activity;
    }

    private interface TopologyBuilder {
        Topology build(PipelineSettings settings, KnockonSerdes serdes, Activity activity, InputProgress inputProgress);
    }

    @Override
    public void close() {
        driver.close();
        serdes.close();
    }
}
