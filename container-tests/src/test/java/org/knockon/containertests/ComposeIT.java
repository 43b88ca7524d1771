package org.knockon.containertests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * docker/compose.yaml, started with the printed commands, and an exercise in its profile demo. Grafana is left out: it
 * has no stand-in, and its dashboards are queries to Prometheus.
 */
@InContainers(
        images = {Image.BASE, Image.KAFKA, Image.REGISTRY, Image.PROMETHEUS},
        compose = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class ComposeIT {

    private static final String EXERCISE = "knockon.replay.demo.";
    private static final String DEAD_LETTERS =
            "sum(kafka_stream_topic_records_produced_total{job=\"demo-streams\",topic=\"" + EXERCISE
                    + "dead-letters\"})";
    private static final Pattern ADDRESS = Pattern.compile("The wall: https://localhost:(\\d+)(/wall\\?token=\\S+)");

    @TempDir
    private static Path scratch;

    private Deployment deployment;
    private KnockonCommand knockon;
    private Prometheus prometheus;
    private Wall demoWall;
    private String address;
    private String verified;

    @BeforeAll
    void deployAndReplay() throws Exception {
        deployment = Deployment.unpack(scratch);
        deployment.up("up", "-d", "--build", "--wait", "streams-1", "streams-2", "war-room", "prometheus");
        deployment.up("--profile", "demo", "up", "-d", "--wait", "demo-streams", "demo-war-room");
        deployment.compose("--profile", "demo", "up", "demo-publish");
        assertThat(deployment.exitCode("demo-publish"))
                .as(deployment.log("demo-publish"))
                .isEqualTo("exited 0");
        verified = deployment.compose(
                "--profile",
                "demo",
                "run",
                "--rm",
                "--no-deps",
                "-T",
                "demo-publish",
                "verify",
                "--scenario=pas-outage-demo",
                "--prefix=" + EXERCISE,
                "--wait=PT5M");

        knockon = new KnockonCommand(
                "127.0.0.1:" + deployment.port("BROKER_PORT"),
                "http://127.0.0.1:" + deployment.port("REGISTRY_PORT") + "/apis/ccompat/v7");
        prometheus = new Prometheus(deployment.port("PROMETHEUS_PORT"));
        Matcher printed = ADDRESS.matcher(deployment.log("wall-access"));
        assertThat(printed.find()).as(deployment.log("wall-access")).isTrue();
        assertThat(printed.group(1)).isEqualTo(Integer.toString(deployment.port("WALL_PORT")));
        address = printed.group(2);
        demoWall = wall("demo-war-room", "DEMO_WALL_PORT");

        addADeadLetter();
        observeALiveSystem();
    }

    @AfterAll
    void remove() {
        if (deployment != null) {
            deployment.writeLogs(Path.of("target", "compose-logs.txt"));
            deployment.close();
        }
    }

    @Test
    void theExerciseIsCountedAsTheOracleDoes() {
        assertThat(verified).contains("equal the batch oracle").doesNotContain("could not be processed");
    }

    @Test
    void theWallShowsTheNumberOfTheTopic() {
        long postponed = postponed(EXERCISE);
        assertThat(postponed).isPositive();

        patiently()
                .untilAsserted(() -> assertThat(demoWall.state(address)
                                .at("/board/postponed/postponed")
                                .longValue())
                        .isEqualTo(postponed));
    }

    @Test
    void theWallsAnswerNobodyWithoutAToken() throws Exception {
        assertThat(demoWall.statusWithoutToken()).isEqualTo(401);
        assertThat(wall("war-room", "WALL_PORT").statusWithoutToken()).isEqualTo(401);
    }

    @Test
    void theLiveWallKnowsNothingOfTheExercise() throws Exception {
        Wall live = wall("war-room", "WALL_PORT");

        patiently()
                .untilAsserted(() -> assertThat(
                                live.state(address).at("/board/systems/total").longValue())
                        .isEqualTo(1));
        assertThat(live.state(address).at("/board/postponed/postponed").longValue())
                .isZero();
        assertThat(live.state(address).get("exercise").isNull()).isTrue();
    }

    @TestFactory
    Stream<DynamicTest> everyPanelShowsANumber() {
        return Query.ofPanels("demo-").stream().filter(ComposeIT::needsNoFeeds).map(this::returnsANumber);
    }

    /** Of the live services, for alerts ignore exercises. */
    @TestFactory
    Stream<DynamicTest> everyAlertMeasuresANumber() {
        return Query.ofAlerts().stream().filter(ComposeIT::needsNoFeeds).map(this::returnsANumber);
    }

    /** Ingest runs in a profile of its own, which is not started here: its feeds file is the user's. */
    private static boolean needsNoFeeds(Query query) {
        return !query.promql().contains("job=\"ingest\"");
    }

    @Test
    void everyAlertIsLoadedAndEvaluated() {
        patiently()
                .untilAsserted(() -> assertThat(prometheus.rules())
                        .containsExactlyInAnyOrderElementsOf(Query.ofAlerts().stream()
                                .map(alert -> alert.place() + " ok")
                                .toList()));
    }

    @Test
    void theDashboardsShowWhatHappened() {
        assertPanel("Knock-on: hospital / Postponed / A", postponed(EXERCISE));
        assertPanel("Knock-on: pipeline / Instances that answer / A", 1);
        Query deadLetters = panel("Knock-on: pipeline / Dead letters in the last hour / A");
        // Prometheus extrapolates an increase, so only that there is one is certain.
        patiently()
                .untilAsserted(() -> assertThat(prometheus.values(deadLetters.promql()))
                        .singleElement()
                        .satisfies(increase -> assertThat(increase).isPositive()));
    }

    private DynamicTest returnsANumber(Query query) {
        return dynamicTest(
                query.place(),
                () -> patiently()
                        .untilAsserted(() -> assertThat(prometheus.values(query.promql()))
                                .as(query.promql())
                                .isNotEmpty()));
    }

    private void assertPanel(String place, double value) {
        Query query = panel(place);
        patiently()
                .untilAsserted(() -> assertThat(prometheus.values(query.promql()))
                        .as(query.promql())
                        .containsExactly(value));
    }

    private static Query panel(String place) {
        return Query.ofPanels("demo-").stream()
                .filter(query -> query.place().equals(place))
                .findFirst()
                .orElseThrow();
    }

    /** Sends what no schema reads, once Prometheus has seen that there is no dead letter yet. */
    private void addADeadLetter() throws Exception {
        patiently()
                .untilAsserted(() -> assertThat(prometheus.values(DEAD_LETTERS)).containsExactly(0.0));
        Map<String, Object> config = Map.of("bootstrap.servers", knockon.bootstrapServers());
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            EXERCISE + "appointments", "unreadable".getBytes(UTF_8), "no Avro".getBytes(UTF_8)))
                    .get();
        }
    }

    /** One system and one observation of it, so that the live services have a clock and something to count. */
    private void observeALiveSystem() {
        knockon.withInput(
                "{\"key\":\"pas\",\"value\":{\"name\":\"PAS\",\"organisation\":\"RJ1\",\"kind\":\"application\",\"monitoring\":"
                        + "{\"confirmAfterSeconds\":120,\"recoverAfterSeconds\":300,\"silenceAfterSeconds\":86400}}}\n",
                "produce",
                "--topic",
                "systems",
                "--file",
                "-");
        knockon.withInput(
                "{\"key\":\"pas\",\"value\":{\"systemId\":\"pas\",\"status\":\"UP\",\"observedAt\":\"" + Instant.now()
                        + "\",\"monitor\":\"probe\"}}\n",
                "produce",
                "--topic",
                "system-health",
                "--file",
                "-");
    }

    /** Returns the number of postponed appointments that the topic holds. */
    private long postponed(String prefix) {
        return knockon
                .json("consume", "--topic", "impact-counts", "--from-beginning", "--until-end", "--prefix", prefix)
                .stream()
                .filter(line -> line.get("key").textValue().equals("ALL"))
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .get("value")
                .get("postponed")
                .longValue();
    }

    private Wall wall(String service, String port) throws Exception {
        String certificate =
                deployment.compose("--profile", "demo", "exec", "-T", service, "cat", "/etc/knockon/wall/wall.pem");
        return new Wall(deployment.port(port), certificate);
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofSeconds(2))
                .ignoreExceptions();
    }
}
