package org.knockon.producers.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.knockon.producers.generate.ScenarioEvents;
import org.knockon.producers.scenario.ScenarioCatalogue;
import org.knockon.sandbox.Sandbox;
import org.knockon.sandbox.SandboxOptions;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.admin.TopicAdmin;
import org.knockon.schemas.admin.TopicOptions;
import org.knockon.schemas.reading.CommittedReader;
import org.knockon.schemas.serde.KnockonSerdes;

/** The replayer with a real broker and a real registry. */
class ReplayerIT {
    private static final List<Topic<?>> INPUTS =
            List.of(Topics.SYSTEMS, Topics.CARE_SERVICES, Topics.SYSTEM_HEALTH, Topics.APPOINTMENTS);
    private static final ScenarioEvents DEMO = ScenarioEvents.of(ScenarioCatalogue.load("pas-outage-demo"));

    private static Sandbox sandbox;
    private static Map<String, Object> client;

    /** A record as a reader sees it, without partition and offset. */
    private record Seen(String topic, String key, Object value, long timestamp) {}

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.defaults());
        client = Map.of(
                "bootstrap.servers", sandbox.bootstrapServers(), "schema.registry.url", sandbox.schemaRegistryUrl());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void publishesEveryEventOnceAlthoughThePacedReplayerIsKilledThreeTimes() throws Exception {
        ReplaySettings settings = topics("paced", ReplaySpeed.MAX);
        long killedAt = 0;
        for (long after : List.of(500L, 800L, 1_100L)) {
            killedAt = killAfter(after, "pas-outage-demo", "paced", "6000x");
            assertThat(killedAt).isBetween(after, DEMO.size() - 1);
        }

        ReplayProgress end = replay(DEMO, settings);

        assertThat(end.position()).isEqualTo(DEMO.size());
        assertThat(read(settings)).containsExactlyInAnyOrderElementsOf(expected(DEMO));
    }

    @Test
    void publishesEveryEventOnceAlthoughTheReplayerIsKilledAtFullSpeed() throws Exception {
        ScenarioEvents events = ScenarioEvents.of(ScenarioCatalogue.load("synnovis-2024"));
        ReplaySettings settings = topics("fast", ReplaySpeed.MAX);
        for (long after : List.of(20_000L, 300_000L)) {
            assertThat(killAfter(after, "synnovis-2024", "fast", "max")).isLessThan(events.size());
        }

        replay(events, settings);

        Map<Seen, Integer> balance = new HashMap<>();
        expected(events).forEach(seen -> balance.merge(seen, 1, Integer::sum));
        read(settings).forEach(seen -> balance.merge(seen, -1, Integer::sum));
        balance.values().removeIf(count -> count == 0);
        assertThat(balance).isEmpty();
    }

    @Test
    void keepsTheOrderOfEventsWithTheSameKey() {
        ReplaySettings settings = topics("order", ReplaySpeed.MAX);
        replay(DEMO, settings);

        assertThat(byKey(read(settings))).isEqualTo(byKey(expected(DEMO)));
    }

    @Test
    void aSecondReplayOfACompleteRunAddsNothing() {
        ReplaySettings settings = topics("twice", ReplaySpeed.MAX);
        replay(DEMO, settings);
        replay(DEMO, settings);

        assertThat(read(settings)).hasSize((int) DEMO.size());
    }

    @Test
    void theLaterReplayerOfARunFencesTheEarlier() throws Exception {
        ReplaySettings settings = topics("takeover", ReplaySpeed.parse("600x"));
        CountDownLatch paused = new CountDownLatch(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (Replayer slow = Replayer.connect(DEMO, settings, progress -> {
            if (progress.paused()) {
                paused.countDown();
            }
        })) {
            Thread thread = new Thread(() -> {
                try {
                    slow.run();
                } catch (ReplayException e) {
                    failure.set(e);
                }
            });
            thread.start();
            slow.pause();
            assertThat(paused.await(30, TimeUnit.SECONDS)).isTrue();

            replay(DEMO, topics("takeover", ReplaySpeed.MAX));
            slow.resume();
            thread.join(60_000);
        }

        assertThat(failure.get()).hasMessageEndingWith("another replayer has taken over this run");
        assertThat(read(settings)).containsExactlyInAnyOrderElementsOf(expected(DEMO));
    }

    /** Without a repeated commit the replay would end after the first second. */
    @Test
    void waitsForABrokerThatDoesNotAnswer() throws Exception {
        ReplaySettings settings = with(topics("silent", ReplaySpeed.parse("6000x")), "max.block.ms", "1000");
        AtomicBoolean waited = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(1);
        try (Replayer replayer = Replayer.connect(DEMO, settings, progress -> {
            if (progress.position() > 700) {
                begun.countDown();
            }
        })) {
            Future<ReplayProgress> replay = CompletableFuture.supplyAsync(replayer::run);
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            signalBroker("STOP");
            try {
                await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                    waited.compareAndSet(false, replayer.waiting());
                    assertThat(waited).isTrue();
                });
            } finally {
                signalBroker("CONT");
            }
            assertThat(replay.get(120, TimeUnit.SECONDS).complete()).isTrue();
            assertThat(replayer.waiting()).isFalse();
        }
        assertThat(read(settings)).containsExactlyInAnyOrderElementsOf(expected(DEMO));
    }

    /** The broker aborts the transaction while the replayer still sends. */
    @Test
    void sendsATransactionAgainThatTheBrokerHasAborted() {
        ReplaySettings topics = topics("expired", ReplaySpeed.parse("4000x"));
        ReplaySettings settings = with(
                new ReplaySettings(
                        topics.run(), topics.prefix(), topics.speed(), Duration.ofMinutes(10), topics.client()),
                "transaction.timeout.ms",
                "1000");

        ReplayProgress end = replay(DEMO, settings);

        assertThat(end.complete()).isTrue();
        assertThat(read(settings)).containsExactlyInAnyOrderElementsOf(expected(DEMO));
        assertThat(sentTo(settings)).as("events with those that were aborted").isGreaterThan(DEMO.size());
    }

    @Test
    void refusesToContinueWithAnotherStart() {
        ReplaySettings settings = topics("shifted", ReplaySpeed.MAX);
        Instant start = Instant.parse("2025-03-01T08:00:00Z");
        replay(DEMO.shiftedTo(start.toEpochMilli()), settings);

        assertThat(Replayer.published(DEMO.shiftedTo(start.toEpochMilli()), settings))
                .isEqualTo(DEMO.size());
        assertThatThrownBy(() -> replay(DEMO, settings))
                .isInstanceOf(ReplayException.class)
                .hasMessage("run 'shifted' has " + DEMO.size() + " events of this scenario shifted to " + start
                        + "; give the same start, or choose a new name for the run");
        assertThatThrownBy(() -> Replayer.published(DEMO, settings)).isInstanceOf(ReplayException.class);
    }

    @Test
    void refusesToContinueWithAnotherScenario() {
        ReplaySettings settings = topics("mixed", ReplaySpeed.MAX);
        replay(DEMO, settings);
        ScenarioEvents other = ScenarioEvents.of(ScenarioCatalogue.load("synnovis-2024"));

        assertThatThrownBy(() -> replay(other, settings))
                .isInstanceOf(ReplayException.class)
                .hasMessage(
                        "run 'mixed' has " + DEMO.size()
                                + " events of another scenario, or of another version of this one; choose a new name for the run");
    }

    @Test
    void namesTheMissingTopics() {
        ReplaySettings settings = ReplaySettings.of("nowhere", ReplaySpeed.MAX, client);

        assertThatThrownBy(() -> replay(DEMO, settings))
                .isInstanceOf(ReplayException.class)
                .hasMessageContaining("knockon.replay.nowhere.appointments")
                .hasMessageContaining("knockon topics create --prefix knockon.replay.nowhere.");
    }

    private static ReplaySettings topics(String run, ReplaySpeed speed) {
        ReplaySettings settings = ReplaySettings.of(run, speed, client);
        try (Admin admin = Admin.create(client)) {
            TopicAdmin.create(admin, settings.topicPrefix(), TopicOptions.DEFAULT.forReplay());
        }
        return settings;
    }

    private static ReplaySettings with(ReplaySettings settings, String name, String value) {
        Map<String, Object> more = new HashMap<>(settings.client());
        more.put(name, value);
        return new ReplaySettings(settings.run(), settings.prefix(), settings.speed(), settings.commitEvery(), more);
    }

    private static void signalBroker(String signal) throws IOException, InterruptedException {
        int exitCode = new ProcessBuilder("kill", "-" + signal, Long.toString(sandbox.brokerPid()))
                .inheritIO()
                .start()
                .waitFor();
        assertThat(exitCode).isZero();
    }

    /** Number of records on the input topics, including those of aborted transactions. */
    private static long sentTo(ReplaySettings settings) {
        Map<String, Object> config = new HashMap<>(client);
        config.put("isolation.level", "read_uncommitted");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = INPUTS.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic.name(settings.topicPrefix())).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long sent = 0;
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                sent += consumer.poll(Duration.ofMillis(200)).count();
            }
            return sent;
        }
    }

    private static ReplayProgress replay(ScenarioEvents events, ReplaySettings settings) {
        try (Replayer replayer = Replayer.connect(events, settings, progress -> {})) {
            return replayer.run();
        }
    }

    /** Runs a replay in a separate process and kills it, without cleanup, when it has reached the position. */
    private static long killAfter(long position, String scenario, String run, String speed)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx400m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReplayProcess.class.getName(),
                        sandbox.bootstrapServers(),
                        sandbox.schemaRegistryUrl(),
                        scenario,
                        run,
                        speed)
                .redirectError(new File("/dev/null"))
                .start();
        long reached = 0;
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while (reached < position && (line = out.readLine()) != null) {
                reached = line.matches("\\d+") ? Long.parseLong(line) : reached;
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(reached).as("position before the kill").isGreaterThanOrEqualTo(position);
        return reached;
    }

    private static List<Seen> expected(ScenarioEvents events) {
        return events.stream()
                .map(e -> new Seen(e.topic().shortName(), e.key(), e.value(), e.eventTime()))
                .toList();
    }

    private static Map<String, List<Seen>> byKey(List<Seen> all) {
        Map<String, List<Seen>> byKey = new HashMap<>();
        all.forEach(seen -> byKey.computeIfAbsent(seen.topic() + " " + seen.key(), key -> new ArrayList<>())
                .add(seen));
        return byKey;
    }

    /** All records that a reader of committed records sees. Also checks the exercise header of each. */
    private static List<Seen> read(ReplaySettings settings) {
        List<Seen> seen = new ArrayList<>();
        try (KnockonSerdes serdes = new KnockonSerdes(client)) {
            for (Topic<?> topic : INPUTS) {
                read(serdes, topic, settings, seen);
            }
        }
        return seen;
    }

    private static <V> void read(KnockonSerdes serdes, Topic<V> topic, ReplaySettings settings, List<Seen> seen) {
        String name = topic.name(settings.topicPrefix());
        byte[] run = settings.run().getBytes(StandardCharsets.UTF_8);
        try (CommittedReader reader = new CommittedReader(client, List.of(name))) {
            reader.readToEnd(record -> {
                String key = new String(record.key(), StandardCharsets.UTF_8);
                V value = topic.keyed(key, serdes.value(topic).deserializer().deserialize(name, record.value()));
                if (!Arrays.equals(record.headers().lastHeader("exercise").value(), run)) {
                    throw new AssertionError("the exercise header does not name the run: " + record);
                }
                seen.add(new Seen(topic.shortName(), key, value, record.timestamp()));
            });
        }
    }
}
