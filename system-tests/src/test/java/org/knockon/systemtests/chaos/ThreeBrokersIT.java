package org.knockon.systemtests.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knockon.cli.rights.RightsTable;
import org.knockon.cli.rights.Role;
import org.knockon.producers.generate.ScenarioEvents;
import org.knockon.producers.scenario.ScenarioCatalogue;
import org.knockon.systemtests.ChildCommand;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;
import org.knockon.systemtests.secured.SecuredCluster;
import org.knockon.systemtests.secured.SecuredNode;

/**
 * A secured cluster of three brokers, of which one fails while a replay runs. Whatever happens, the results equal those of the oracle. {@code
 * ./verify} kills a leader; {@code ./verify --long} does so in a slower replay, also silences a broker and restarts all of them, and writes
 * docs/performance/chaos.md.
 */
@ExtendWith(SharedSandbox.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(900)
class ThreeBrokersIT {

    private static final List<String> HOSTS = List.of("127.0.0.11", "127.0.0.12", "127.0.0.13");
    private static final String PREFIX = "trio.";
    private static final String SCENARIO = "pas-outage-demo";
    private static final String USER = "exercise";
    private static final int PARTITIONS = 4;
    private static final Pattern METRICS = Pattern.compile("health and metrics on (http://localhost:\\d+)");
    private static final Duration LONGEST_START = Duration.ofMinutes(4);

    private static final String LONG = "knockon.long";

    /** The day of the scenario takes 144 s, or 29 s. */
    private static final String SPEED = Boolean.getBoolean(LONG) ? "600x" : "3000x";

    /** Seed of the partition and the time of a fault; another one with {@code -Dchaos.seed=42}. */
    private static final long SEED = Long.getLong("chaos.seed", 12_000);

    private final Random random = new Random(SEED);
    private final ScenarioEvents events = ScenarioEvents.of(ScenarioCatalogue.load(SCENARIO));
    private final ChaosPage page = new ChaosPage();
    private SecuredCluster cluster;
    private Replicas replicas;
    private Map<String, String> settings;
    private String[] exercise;
    private int runs;

    @TempDir
    private static Path folder;

    @BeforeAll
    void startThreeBrokers(SharedSandbox.Place place) throws IOException, InterruptedException {
        assumeThat(isLoopback(HOSTS.get(0)))
                .as("this machine has the addresses 127.0.0.11 to 127.0.0.13")
                .isTrue();
        cluster = SecuredCluster.start(Files.createDirectory(folder.resolve("cluster")), HOSTS);
        replicas = new Replicas(cluster);
        settings = Map.of("schema.registry.url", place.schemaRegistryUrl(), "knockon.prefix", PREFIX);
        exercise = cluster.user(USER, settings);
        cluster.allow(USER, RightsTable.of(Role.REPLAY, PREFIX, PREFIX + "streams"));
        // Every node that knows this user also knows the rights of the other one.
        cluster.user("last", settings);
        replicas.awaitComplete();
    }

    @AfterAll
    void stopThem() throws IOException {
        page.writeIfWhole(SEED);
        if (replicas != null) {
            replicas.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    @EnabledIfSystemProperty(named = LONG, matches = "true")
    void doctorWarnsOfTopicsThatCanLoseRecords() {
        String[] deployer = cluster.user("deployer", settings);
        cluster.allow("deployer", RightsTable.of(Role.DEPLOYER, PREFIX, PREFIX + "streams"));
        cluster.user("after-deployer", settings);

        assertThat(doctorAfterCreating(deployer, "safe."))
                .containsPattern("(?m)^replicas +ok +3 replicas, at least 2 in sync$");
        assertThat(doctorAfterCreating(deployer, "risky.", "--min-insync-replicas", "1"))
                .containsPattern("(?m)^replicas +WARNING +min\\.insync\\.replicas is 1: .*: all \\d+ topics$");
    }

    enum Fault {
        KILLED_LEADER("`kill -9` of the leader of a partition", SPEED),
        SILENT_BROKER("a silent broker, until the app continues without it", SPEED),
        ROLLING_RESTART("rolling restart of all three", "300x");

        private final String text;
        private final String speed;

        Fault(String text, String speed) {
            this.text = text;
            this.speed = speed;
        }
    }

    static Stream<Fault> faults() {
        return Boolean.getBoolean(LONG) ? Stream.of(Fault.values()) : Stream.of(Fault.KILLED_LEADER);
    }

    /**
     * What was seen of a fault.
     *
     * @param failedAt {@link System#nanoTime()}
     * @param proof what shows that it happened
     * @param failover zero if there was nothing to fail over to
     */
    private record Seen(long failedAt, String proof, Duration failover, Duration complete) {}

    @ParameterizedTest
    @MethodSource("faults")
    void costsNoRecord(Fault fault) throws Exception {
        try (ChildCommand replay = startReplay(fault.speed);
                AppTimeline timeline = AppTimeline.watch(metricsOf(replay))) {
            // Before the outage of the scenario, which begins at 9:40.
            Duration begin = Duration.ofHours(3).plusMinutes(random.nextInt(5 * 60));
            timeline.awaitClock(Instant.ofEpochMilli(events.from()).plus(begin));

            Seen seen = switch (fault) {
                case KILLED_LEADER -> killLeader();
                case SILENT_BROKER -> silenceLeader(timeline);
                case ROLLING_RESTART -> restartAll();
            };

            assertExact(replay);
            Duration standstill = timeline.longestStandstill(seen.failedAt());
            if (fault != Fault.ROLLING_RESTART) {
                assertThat(standstill)
                        .as("the replay felt it: %s", seen.proof())
                        .isGreaterThan(Duration.ofSeconds(3));
            }
            page.add(new ChaosPage.Case(
                    fault.text, fault.speed, seen.proof(), standstill, seen.failover(), seen.complete()));
        }
    }

    private Seen killLeader() throws Exception {
        TopicPartition partition = anyPartition();
        Replicas.Leader leader = replicas.leader(partition);
        SecuredNode node = node(leader.node());

        long failedAt = System.nanoTime();
        node.kill();
        long lacking = replicas.awaitUnderReplicated();
        Replicas.Leader next = replicas.awaitOtherLeader(partition, leader);
        Duration failover = since(failedAt);
        return new Seen(failedAt, proof(leader, next, lacking), failover, restart(node));
    }

    /** Its connections stay open and it answers no one, like a machine that hangs. */
    private Seen silenceLeader(AppTimeline timeline) throws Exception {
        TopicPartition partition = anyPartition();
        Replicas.Leader leader = replicas.leader(partition);
        SecuredNode node = node(leader.node());

        long failedAt = System.nanoTime();
        node.pause();
        String proof;
        Duration failover;
        try {
            long lacking = replicas.awaitUnderReplicated();
            Replicas.Leader next = replicas.awaitOtherLeader(partition, leader);
            failover = since(failedAt);
            proof = proof(leader, next, lacking);
            timeline.awaitAdvance();
        } finally {
            node.resume();
        }
        long healedAt = System.nanoTime();
        replicas.awaitComplete();
        return new Seen(failedAt, proof, failover, since(healedAt));
    }

    private Seen restartAll() throws Exception {
        String topic = anyPartition().topic();
        long failedAt = System.nanoTime();
        long before = replicas.epochs(topic);
        long most = 0;
        Duration longest = Duration.ZERO;
        for (SecuredNode node : cluster.nodes()) {
            long stoppedAt = System.nanoTime();
            node.stop();
            most = Math.max(most, replicas.awaitUnderReplicated());
            restart(node);
            Duration complete = since(stoppedAt);
            longest = complete.compareTo(longest) > 0 ? complete : longest;
        }
        long after = replicas.epochs(topic);
        assertThat(after).as("sum of the leader epochs of %s", topic).isGreaterThan(before);
        return new Seen(
                failedAt,
                "leader epochs of the appointments, summed: " + before + " to " + after + "; up to " + most
                        + " partitions under-replicated",
                Duration.ZERO,
                longest);
    }

    private String doctorAfterCreating(String[] deployer, String part, String... more) {
        String prefix = PREFIX + part;
        String[] create = Stream.concat(Stream.of("topics", "create", "--prefix", prefix), Stream.of(more))
                .toArray(String[]::new);
        CommandRun created = CommandRun.with(deployer, create);
        assertThat(created.exitCode()).as(created.toString()).isZero();
        CommandRun doctor = CommandRun.with(deployer, "doctor", "--prefix", prefix);
        return doctor.out();
    }

    private ChildCommand startReplay(String speed) throws IOException {
        String[] replay = {
            "replay",
            SCENARIO,
            "--speed",
            speed,
            "--verify",
            "--no-war-room",
            "--output",
            "json",
            "--run",
            "chaos" + ++runs,
            "--partitions",
            Integer.toString(PARTITIONS),
            "--set",
            "http.port=0"
        };
        return ChildCommand.start(
                Files.createDirectory(folder.resolve("replay" + runs)),
                Stream.concat(Stream.of(replay), Stream.of(exercise)).toArray(String[]::new));
    }

    private static String metricsOf(ChildCommand replay) throws IOException {
        await().atMost(LONGEST_START).until(() -> METRICS.matcher(replay.err()).find() || !replay.isAlive());
        Matcher address = METRICS.matcher(replay.err());
        assertThat(address.find()).as(replay.err()).isTrue();
        return address.group(1);
    }

    /** Of the busiest input of the running replay. */
    private TopicPartition anyPartition() {
        return new TopicPartition(PREFIX + "replay.chaos" + runs + ".appointments", random.nextInt(PARTITIONS));
    }

    private SecuredNode node(int id) {
        return cluster.nodes().stream()
                .filter(node -> node.id() == id)
                .findFirst()
                .orElseThrow();
    }

    private Duration restart(SecuredNode node) throws IOException {
        long startedAt = System.nanoTime();
        node.start();
        node.awaitReady();
        replicas.awaitComplete();
        return since(startedAt);
    }

    private static String proof(Replicas.Leader old, Replicas.Leader next, long lacking) {
        return "leader epoch " + old.epoch() + " to " + next.epoch() + "; " + lacking + " partitions under-replicated";
    }

    /** Nothing lost, nothing doubled, nothing refused. */
    private void assertExact(ChildCommand replay) throws Exception {
        List<String> out = replay.rest();
        assertThat(replay.awaitExit(60))
                .as("seed %d: %s %s", SEED, out, replay.err())
                .isZero();
        JsonNode summary = CommandRun.parse(out.get(out.size() - 1));
        assertThat(summary.get("verification").get("verified").booleanValue())
                .as("seed %d: %s", SEED, summary)
                .isTrue();
        assertThat(summary.get("verification").get("impacts").intValue()).isGreaterThan(100);
        assertThat(summary.get("deadLetters").intValue()).isZero();
        assertThat(records(summary.get("topicPrefix").textValue()))
                .as("records on the inputs")
                .isEqualTo(events.size());
    }

    private long records(String topics) {
        return Stream.of("systems", "care-services", "system-health", "appointments")
                .mapToLong(topic -> CommandRun.with(
                                exercise,
                                "consume",
                                "--topic",
                                topic,
                                "--from-beginning",
                                "--until-end",
                                "--prefix",
                                topics)
                        .json()
                        .size())
                .sum();
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    private static boolean isLoopback(String host) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.isBound();
        } catch (IOException noSuchAddress) {
            return false;
        }
    }
}
