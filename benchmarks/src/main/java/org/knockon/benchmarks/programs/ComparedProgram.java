package org.knockon.benchmarks.programs;

import org.knockon.benchmarks.harness.CountsReader;
import org.knockon.benchmarks.harness.ExpectedCounts;
import org.knockon.benchmarks.harness.GroupOffsets;
import org.knockon.benchmarks.harness.OneDataCentre;
import org.knockon.benchmarks.harness.Stopwatch;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.SystemStatus;
import org.knockon.schemas.Topics;
import org.knockon.schemas.serde.KnockonSerdes;
import org.knockon.streams.app.KnockonStreams;
import org.knockon.streams.app.StreamsAppSettings;


import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** One of the programs compared, in a JVM of its own: takes in a topic of appointments to its end and prints how long that took. */
public enum ComparedProgram {
    /** Reads and decodes, and does nothing with it. */
    CONSUMER {
        @Override
        Stopwatch.Lap run(Task task) throws Exception {
            try (KnockonSerdes serdes = new KnockonSerdes(task.client);
                    Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                            task.committedReads(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                Deserializer<AppointmentVersion> decoder =
                        serdes.value(Topics.APPOINTMENTS).deserializer();
                LongAdder done = new LongAdder();
                Thread reader = new Thread(() -> {
                    List<TopicPartition> all = consumer.partitionsFor(task.topic()).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
                    consumer.assign(all);
                    consumer.seekToBeginning(all);
                    while (done.sum() < task.events) {
                        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                            if (decoder.deserialize(record.topic(), record.value()) != null) {
                                done.increment();
                            }
                        }
                    }
                });
                reader.start();
                Stopwatch.Lap lap = Stopwatch.time(task.events, done::sum, () -> true);
                reader.join();
                return lap;
            }
        }
    },
    /** The least that exactly-once Kafka Streams can do: a topic in, the same bytes out. */
    PASS_THROUGH {
        @Override
        Stopwatch.Lap run(Task task) throws Exception {
            return task.streams(false);
        }
    },
    /** The same with one RocksDB store that keeps the newest record of each key, and its changelog. */
    ONE_STORE {
        @Override
        Stopwatch.Lap run(Task task) throws Exception {
            return task.streams(true);
        }
    },
    /** Knock-on, with all that it does; nothing is down. */
    KNOCKON {
        @Override
        Stopwatch.Lap run(Task task) throws Exception {
            try (KnockonStreams app = task.knockon();
                    GroupOffsets offsets = new GroupOffsets(task.client, task.group(), task.topic())) {
                // Its records are the appointments and one observation.
                Stopwatch.Lap lap = Stopwatch.time(
                        task.events,
                        () -> app.activity().records() - 1,
                        () -> offsets.committed() && offsets.drained());
                if (!app.awaitQuiet(Duration.ofMinutes(5))) {
                    throw new IllegalStateException("the streams app has not come to rest");
                }
                if (GroupOffsets.end(task.client, Topics.DEAD_LETTERS.name(task.prefix)) > 0) {
                    throw new IllegalStateException("a sound record became a dead letter");
                }
                task.countKnockon();
                return lap;
            }
        }

        @Override
        void serve(Task task) {
            task.knockon();
        }
    },
    /** The foreign-key join of tables that Kafka Streams has ready; nothing is down. */
    DSL_JOIN {
        @Override
        Stopwatch.Lap run(Task task) throws Exception {
            LongAdder done = new LongAdder();
            try (KnockonSerdes serdes = new KnockonSerdes(task.client);
                    KafkaStreams streams = task.join(serdes, done);
                    GroupOffsets offsets = new GroupOffsets(task.client, task.group(), task.topic())) {
                streams.start();
                // What went into the repartition topics has to come out of them, too.
                Stopwatch.Lap lap =
                        Stopwatch.time(task.events, done::sum, () -> offsets.committed() && offsets.drained());
                task.countJoin(streams);
                return lap;
            }
        }

        @Override
        void serve(Task task) {
            task.join(new KnockonSerdes(task.client), new LongAdder()).start();
        }
    };

    /** The same for all, milliseconds: where events a second are measured, and where what counts is how soon the answer comes. */
    private static final int COMMIT_MILLIS = 100;

    private static final int COMMIT_SOON_MILLIS = 50;

    private static final Duration LONGEST = Duration.ofMinutes(10);

    abstract Stopwatch.Lap run(Task task) throws Exception;

    /** Starts what goes on until the JVM ends; only of programs that count what an outage hits. */
    void serve(Task task) {
        throw new IllegalArgumentException(this + " counts nothing");
    }

    /** Name of its consumer group. */
    public String group(String prefix) {
        return prefix + name().toLowerCase(Locale.ROOT);
    }

    /**
     * Arguments: program, brokers, registry, prefix, events. Prints the lap as one line of JSON. Without events it serves until its
     * standard input ends.
     */
    public static void main(String[] arguments) throws Exception {
        ComparedProgram program = valueOf(arguments[0]);
        Task task = new Task(
                program,
                Map.of("bootstrap.servers", arguments[1], "schema.registry.url", arguments[2]),
                arguments[3],
                arguments.length > 4 ? Long.parseLong(arguments[4]) : 0,
                Files.createTempDirectory("knockon-bench"));
        if (task.events > 0) {
            System.out.println(new ObjectMapper().writeValueAsString(program.run(task)));
        } else {
            program.serve(task);
            System.in.transferTo(OutputStream.nullOutputStream());
        }
        System.exit(0);
    }

    /** What a program is to take in, and where it may leave its state. */
    record Task(ComparedProgram program, Map<String, Object> client, String prefix, long events, Path folder) {

        String topic() {
            return Topics.APPOINTMENTS.name(prefix);
        }

        int commitMillis() {
            return events > 0 ? COMMIT_MILLIS : COMMIT_SOON_MILLIS;
        }

        String group() {
            return program.group(prefix);
        }

        Map<String, Object> committedReads() {
            Map<String, Object> settings = new HashMap<>(client);
            settings.put("isolation.level", "read_committed");
            settings.put("max.poll.records", 2_000);
            return settings;
        }

        Stopwatch.Lap streams(boolean store) throws Exception {
            LongAdder done = new LongAdder();
            Topology topology = new Topology();
            topology.addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), topic());
            topology.addProcessor("pass", () -> new Pass(done, store), "in");
            topology.addSink("out", group() + ".out", new ByteArraySerializer(), new ByteArraySerializer(), "pass");
            if (store) {
                topology.addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore(Pass.STORE),
                                        Serdes.ByteArray(),
                                        Serdes.ByteArray())
                                .withCachingDisabled(),
                        "pass");
            }
            try (KafkaStreams streams = new KafkaStreams(topology, properties());
                    GroupOffsets offsets = new GroupOffsets(client, group(), topic())) {
                streams.start();
                return Stopwatch.time(events, done::sum, offsets::committed);
            }
        }

        KnockonStreams knockon() {
            Map<String, Object> alike = new HashMap<>(client);
            alike.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitMillis());
            return KnockonStreams.start(StreamsAppSettings.parse(
                    Map.of(
                            "prefix", prefix,
                            "application.id", group(),
                            "clock", "replay",
                            "replay.from", Instant.ofEpochMilli(OneDataCentre.OPENS).toString(),
                            "replay.until",
                                    Instant.ofEpochMilli(OneDataCentre.OPENS)
                                            .plus(Duration.ofDays(2))
                                            .toString(),
                            "state.dir", folder.toString(),
                            "http.port", "-1"),
                    alike));
        }

        /** With nothing down there is nothing to see, so the outage of everything is made once the lap is over. */
        void countKnockon() throws Exception {
            int appointments = (int) (events / 2);
            long booked = OneDataCentre.stillBooked(appointments).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            try (OneDataCentre trust = new OneDataCentre(prefix, client);
                    CountsReader counts = new CountsReader(prefix, client)) {
                trust.observe(SystemStatus.DOWN, OneDataCentre.OPENS + OneDataCentre.MINUTE);
                trust.observe(SystemStatus.DOWN, OneDataCentre.OPENS + 5 * OneDataCentre.MINUTE);
                new ExpectedCounts(booked, appointments - booked).await(counts, LONGEST);
            }
        }

        /** The same for the join, which knows of booked ones alone. */
        void countJoin(KafkaStreams streams) throws Exception {
            Map<String, Long> expected = OneDataCentre.stillBooked((int) (events / 2));
            expected.put(
                    DslJoin.ALL,
                    expected.values().stream().mapToLong(Long::longValue).sum());
            try (PeerOutages outages = new PeerOutages(prefix + DslJoin.OUTAGES, client, OneDataCentre.services());
                    PublishedCounts counts = PublishedCounts.ofPeer(group() + ".out", client)) {
                outages.begin();
                counts.await(expected, () -> streams.state().isRunningOrRebalancing(), LONGEST);
            }
        }

        KafkaStreams join(KnockonSerdes serdes, LongAdder done) {
            Properties properties = properties();
            properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, DslJoin.CACHE_BYTES);
            return new KafkaStreams(DslJoin.topology(prefix, serdes, done, group() + ".out"), properties);
        }

        /** As the streams app tunes itself. */
        private Properties properties() {
            Properties properties = new Properties();
            properties.putAll(client);
            properties.put(StreamsConfig.APPLICATION_ID_CONFIG, group());
            properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
            properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 2);
            properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitMillis());
            properties.put(StreamsConfig.POLL_MS_CONFIG, 10);
            properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
            properties.put("linger.ms", 20);
            properties.put("batch.size", 256 * 1024);
            properties.put("compression.type", "lz4");
            properties.put("max.poll.records", 2_000);
            properties.put("auto.offset.reset", "earliest");
            return properties;
        }
    }

    private static final class Pass extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

        static final String STORE = "newest";

        private final LongAdder done;
        private final boolean stores;
        private KeyValueStore<byte[], byte[]> store;

        Pass(LongAdder done, boolean stores) {
            this.done = done;
            this.stores = stores;
        }

        @Override
        public void init(ProcessorContext<byte[], byte[]> context) {
            super.init(context);
            store = stores ? context.getStateStore(STORE) : null;
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            if (store != null) {
                store.put(record.key(), record.value());
            }
            context().forward(record);
            done.increment();
        }
    }
}
