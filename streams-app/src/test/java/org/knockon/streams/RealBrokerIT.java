package org.knockon.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.impact.model.MonitoringPolicy;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Rules;
import org.knockon.impact.model.SystemStatus;
import org.knockon.oracle.BatchOracle;
import org.knockon.oracle.Comparison;
import org.knockon.oracle.worlds.RandomWorld;
import org.knockon.oracle.worlds.WorldEvent;
import org.knockon.sandbox.Sandbox;
import org.knockon.schemas.Topics;
import org.knockon.streams.app.KnockonStreams;

/** The pipeline on a real broker with four partitions. For kills see {@link CrashIT}. */
@ExtendWith(SharedSandbox.class)
class RealBrokerIT {

    private static final int PARTITIONS = 4;
    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final int INSTANCES = 5;

    private static final int LONG_WORLDS = 25;
    private static final int WORLDS = Boolean.getBoolean("knockon.long") ? LONG_WORLDS : 4;

    private static Sandbox sandbox;

    @TempDir
    Path folder;

    @BeforeAll
    static void share(Sandbox shared) {
        sandbox = shared;
        System.out.printf("%d worlds of %d, all with ./verify --long%n", WORLDS, LONG_WORLDS);
    }

    @Test
    void shuffledEventsMatchTheOracle() throws Exception {
        List<WorldEvent> events = ManyWorlds.of(7_000, WORLDS);
        try (RealPipeline pipeline = new RealPipeline(sandbox, folder, PARTITIONS)) {
            try (KnockonStreams app = KnockonStreams.start(pipeline.settings(Map.of()))) {
                events.forEach(pipeline::send);
                pipeline.flush();
                assertThat(app.awaitIdle(TIMEOUT)).isTrue();
            }
            assertEqualsOracle(pipeline, events);
        }
    }

    /** Each start and stop moves busy tasks to an instance that has to restore their state first. */
    @Test
    void startingAndStoppingInstancesChangesNothing() throws Exception {
        List<WorldEvent> events = ManyWorlds.inOrder(8_500, WORLDS);
        List<KnockonStreams> running = new ArrayList<>();
        try (RealPipeline pipeline = new RealPipeline(sandbox, folder, PARTITIONS)) {
            int batch = events.size() / INSTANCES + 1;
            for (int i = 0; i < INSTANCES; i++) {
                Path state = folder.resolve("instance" + i % 3);
                running.add(KnockonStreams.start(pipeline.settings(Map.of("state.dir", state.toString()))));
                events.subList(i * batch, Math.min(events.size(), (i + 1) * batch))
                        .forEach(pipeline::send);
                pipeline.flush();
                Thread.sleep(1_000);
                if (running.size() > 2) {
                    running.remove(0).close();
                }
            }
            // awaitIdle covers one instance only, so close the others first.
            while (running.size() > 1) {
                running.remove(0).close();
            }
            assertThat(running.get(0).awaitIdle(TIMEOUT)).isTrue();
            assertEqualsOracle(pipeline, events);
        } finally {
            running.forEach(KnockonStreams::close);
        }
    }

    @Test
    void eachBadRecordBecomesOneDeadLetterAndNothingElse() throws Exception {
        List<WorldEvent> events = ManyWorlds.inOrder(9_000, 5);
        try (RealPipeline pipeline = new RealPipeline(sandbox, folder, PARTITIONS)) {
            BadRecords bad = new BadRecords(pipeline, events);
            try (KnockonStreams app = KnockonStreams.start(pipeline.settings(Map.of()))) {
                List<WorldEvent> firstHalf = events.subList(0, events.size() / 2);
                firstHalf.forEach(pipeline::send);
                bad.sendAll();
                events.subList(events.size() / 2, events.size()).forEach(pipeline::send);
                pipeline.flush();
                assertThat(app.awaitIdle(TIMEOUT)).isTrue();
            }
            assertEqualsOracle(pipeline, events);
            List<String> reasons = reasons(pipeline);
            for (String expected : bad.expectedReasons()) {
                assertThat(reasons)
                        .filteredOn(reason -> reason.contains(expected))
                        .as("%s, of %s", expected, reasons)
                        .hasSize(1);
            }
        }
    }

    /** While the registry does not respond, a valid record cannot be distinguished from an invalid one. */
    @Test
    void aHungRegistryLosesNothing() throws Exception {
        List<WorldEvent> events = ManyWorlds.inOrder(9_200, 3);
        try (RealPipeline pipeline = new RealPipeline(sandbox, folder, PARTITIONS)) {
            try (KnockonStreams app = KnockonStreams.start(pipeline.settings(Map.of()))) {
                events.subList(0, events.size() / 2).forEach(pipeline::send);
                pipeline.flush();
                assertThat(app.awaitIdle(TIMEOUT)).isTrue();
                signal("STOP", sandbox.registryPid());
                try {
                    byte[] unknown =
                            ByteBuffer.allocate(9).put((byte) 0).putInt(876_543).array();
                    pipeline.sendRaw(
                            Topics.APPOINTMENTS,
                            "unknown-schema",
                            unknown,
                            events.get(0).at());
                    events.subList(events.size() / 2, events.size()).forEach(pipeline::send);
                    pipeline.flush();
                    Thread.sleep(12_000);
                } finally {
                    signal("CONT", sandbox.registryPid());
                }
                assertThat(app.awaitIdle(TIMEOUT)).isTrue();
            }
            assertEqualsOracle(pipeline, events);
            assertThat(reasons(pipeline))
                    .filteredOn(reason -> reason.contains("876543"))
                    .hasSize(1);
        }
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    }

    /** A producer that dies in a transaction leaves an end offset that a read_committed consumer never reaches. */
    @Test
    void detectsSilenceAfterAnAbortedTransaction() throws Exception {
        long noon = Instant.parse("2022-07-19T12:00:00Z").toEpochMilli();
        long hour = Duration.ofHours(1).toMillis();
        MonitoringPolicy policy = new MonitoringPolicy(60_000, 60_000, 600_000);
        String silent = "silent";
        String alive = IntStream.range(0, 100)
                .mapToObj(i -> "alive" + i)
                .filter(name -> partition(name) != partition(silent))
                .findFirst()
                .orElseThrow();
        try (RealPipeline pipeline = new RealPipeline(sandbox, folder, PARTITIONS)) {
            try (KnockonStreams app = KnockonStreams.start(pipeline.settings(Map.of()))) {
                for (String name : List.of(silent, alive)) {
                    pipeline.send(new WorldEvent.SystemChanged(
                            noon, new MonitoredSystem(name, name, "ZZ9", "APPLICATION", Set.of(), policy, null)));
                    pipeline.send(new WorldEvent.Observed(new Observation(name, SystemStatus.UP, noon, "probe", null)));
                }
                pipeline.flush();
                assertThat(app.awaitIdle(TIMEOUT)).isTrue();
            }
            pipeline.abort(
                    Topics.SYSTEM_HEALTH,
                    new WorldEvent.Observed(new Observation(silent, SystemStatus.UP, noon + hour, "probe", null)));

            try (KnockonStreams app = KnockonStreams.start(pipeline.settings(Map.of()))) {
                pipeline.send(
                        new WorldEvent.Observed(new Observation(alive, SystemStatus.UP, noon + hour, "probe", null)));
                pipeline.flush();
                assertThat(app.awaitIdle(TIMEOUT)).as("became idle").isTrue();
            }
            assertThat(pipeline.read(Topics.OUTAGES))
                    .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
                    .contains("silent@2022-07-19T12:00:00Z");
        }
    }

    private static int partition(String key) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % PARTITIONS;
    }

    /** Skipping such a record as a dead letter would lose an outage or a part of the catalogue. */
    @Test
    void stopsAtAnInternalRecordOfAnotherRelease() throws Exception {
        byte[] tickOfRelease01 = {2, 7, 0};
        try (RealPipeline pipeline = new RealPipeline(sandbox, folder, PARTITIONS)) {
            pipeline.sendBytes(Topics.BROADCAST, "clock".getBytes(StandardCharsets.UTF_8), tickOfRelease01, 0);
            try (KnockonStreams app = KnockonStreams.start(pipeline.settings(Map.of()))) {
                assertThat(app.awaitEnd(TIMEOUT)).isTrue();
                assertThat(app.failure())
                        .hasMessageContaining("version 2 where this release reads version 3")
                        .hasMessageContaining("delete the folder " + folder);
            }
            assertThat(pipeline.read(Topics.DEAD_LETTERS)).isEmpty();
        }
    }

    @Test
    void servesHealthAndMetricsUntilItIsClosed() throws Exception {
        try (RealPipeline pipeline = new RealPipeline(sandbox, folder, PARTITIONS)) {
            List<WorldEvent> events = ManyWorlds.inOrder(9_500, 1);
            int port;
            try (KnockonStreams app = KnockonStreams.start(pipeline.settings(Map.of("http.port", "0")))) {
                port = app.httpPort().orElseThrow();
                assertThat(get(port, "/health/live").statusCode()).isEqualTo(200);
                events.forEach(pipeline::send);
                pipeline.flush();
                assertThat(app.awaitIdle(TIMEOUT)).isTrue();

                assertThat(get(port, "/health/ready").statusCode()).isEqualTo(200);
                assertThat(get(port, "/health/ready").body())
                        .contains("\"status\":\"UP\"", "\"state\":\"RUNNING\"", "\"pending\":0");
                assertThat(get(port, "/metrics").body())
                        .contains("knockon_pipeline_records " + (double) events.size())
                        .contains("knockon_pipeline_pending 0.0")
                        .contains("kafka_consumer_time_between_poll_max");
            }
            assertThatThrownBy(() -> get(port, "/health/live")).isInstanceOf(ConnectException.class);
        }
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static String reason(ConsumerRecord<byte[], byte[]> record) {
        return new String(
                record.headers().lastHeader("__streams.errors.message").value(), StandardCharsets.UTF_8);
    }

    static void assertEqualsOracle(RealPipeline pipeline, List<WorldEvent> events) {
        Comparison comparison = pipeline.compareWith(BatchOracle.judge(RandomWorld.inputs(events), Rules.DEFAULT));
        assertThat(comparison.matches())
                .as(() -> comparison + "\ndead letters: " + reasons(pipeline))
                .isTrue();
    }

    private static List<String> reasons(RealPipeline pipeline) {
        return pipeline.read(Topics.DEAD_LETTERS).stream()
                .map(RealBrokerIT::reason)
                .sorted()
                .toList();
    }
}
