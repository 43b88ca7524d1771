package org.knockon.producers.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
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

/** The replayer with a real broker and a real registry. For kills see {@link ReplayerKillIT}. */
class ReplayerIT {
    private static final ScenarioEvents DEMO = ScenarioEvents.of(ScenarioCatalogue.load("pas-outage-demo"));

    private static Sandbox sandbox;
    private static RunTopics topics;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.defaults());
        topics = RunTopics.of(sandbox);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void keepsTheOrderOfEventsWithTheSameKey() {
        ReplaySettings settings = topics.create("order", ReplaySpeed.MAX);
        RunTopics.replay(DEMO, settings);

        assertThat(byKey(topics.read(settings))).isEqualTo(byKey(RunTopics.expected(DEMO)));
    }

    @Test
    void aSecondReplayOfACompleteRunAddsNothing() {
        ReplaySettings settings = topics.create("twice", ReplaySpeed.MAX);
        RunTopics.replay(DEMO, settings);
        RunTopics.replay(DEMO, settings);

        assertThat(topics.read(settings)).hasSize((int) DEMO.size());
    }

    @Test
    void theLaterReplayerOfARunFencesTheEarlier() throws Exception {
        ReplaySettings settings = topics.create("takeover", ReplaySpeed.parse("600x"));
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

            RunTopics.replay(DEMO, topics.create("takeover", ReplaySpeed.MAX));
            slow.resume();
            thread.join(60_000);
        }

        assertThat(failure.get()).hasMessageEndingWith("another replayer has taken over this run");
        assertThat(topics.read(settings)).containsExactlyInAnyOrderElementsOf(RunTopics.expected(DEMO));
    }

    /** Without a repeated commit the replay would end after the first second. */
    @Test
    void waitsForABrokerThatDoesNotAnswer() throws Exception {
        ReplaySettings settings = with(topics.create("silent", ReplaySpeed.parse("6000x")), "max.block.ms", "1000");
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
        assertThat(topics.read(settings)).containsExactlyInAnyOrderElementsOf(RunTopics.expected(DEMO));
    }

    /** The broker aborts the transaction while the replayer still sends. */
    @Test
    void sendsATransactionAgainThatTheBrokerHasAborted() {
        ReplaySettings expired = topics.create("expired", ReplaySpeed.parse("4000x"));
        ReplaySettings settings = with(
                new ReplaySettings(
                        expired.run(), expired.prefix(), expired.speed(), Duration.ofMinutes(10), expired.client()),
                "transaction.timeout.ms",
                "1000");

        ReplayProgress end = RunTopics.replay(DEMO, settings);

        assertThat(end.complete()).isTrue();
        assertThat(topics.read(settings)).containsExactlyInAnyOrderElementsOf(RunTopics.expected(DEMO));
        assertThat(sentTo(settings)).as("events with those that were aborted").isGreaterThan(DEMO.size());
    }

    @Test
    void refusesToContinueWithAnotherStart() {
        ReplaySettings settings = topics.create("shifted", ReplaySpeed.MAX);
        Instant start = Instant.parse("2025-03-01T08:00:00Z");
        RunTopics.replay(DEMO.shiftedTo(start.toEpochMilli()), settings);

        // A commit is acknowledged a moment before readers see it.
        await().untilAsserted(() -> assertThat(Replayer.published(DEMO.shiftedTo(start.toEpochMilli()), settings))
                .isEqualTo(DEMO.size()));
        assertThatThrownBy(() -> RunTopics.replay(DEMO, settings))
                .isInstanceOf(ReplayException.class)
                .hasMessage("run 'shifted' has " + DEMO.size() + " events of this scenario shifted to " + start
                        + "; give the same start, or choose a new name for the run");
        assertThatThrownBy(() -> Replayer.published(DEMO, settings)).isInstanceOf(ReplayException.class);
    }

    @Test
    void refusesToContinueWithAnotherScenario() {
        ReplaySettings settings = topics.create("mixed", ReplaySpeed.MAX);
        RunTopics.replay(DEMO, settings);
        ScenarioEvents other = ScenarioEvents.of(ScenarioCatalogue.load("synnovis-2024"));

        assertThatThrownBy(() -> RunTopics.replay(other, settings))
                .isInstanceOf(ReplayException.class)
                .hasMessage(
                        "run 'mixed' has " + DEMO.size()
                                + " events of another scenario, or of another version of this one; choose a new name for the run");
    }

    @Test
    void namesTheMissingTopics() {
        ReplaySettings settings = ReplaySettings.of("nowhere", ReplaySpeed.MAX, topics.client());

        assertThatThrownBy(() -> RunTopics.replay(DEMO, settings))
                .isInstanceOf(ReplayException.class)
                .hasMessageContaining("knockon.replay.nowhere.appointments")
                .hasMessageContaining("knockon topics create --prefix knockon.replay.nowhere.");
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
        Map<String, Object> config = new HashMap<>(topics.client());
        config.put("isolation.level", "read_uncommitted");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = RunTopics.INPUTS.stream()
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

    private static Map<String, List<RunTopics.Seen>> byKey(List<RunTopics.Seen> all) {
        Map<String, List<RunTopics.Seen>> byKey = new HashMap<>();
        all.forEach(seen -> byKey.computeIfAbsent(seen.topic() + " " + seen.key(), key -> new ArrayList<>())
                .add(seen));
        return byKey;
    }
}
