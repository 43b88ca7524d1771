package org.knockon.systemtests.secured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.rights.Right;
import org.knockon.cli.rights.RightsTable;
import org.knockon.cli.rights.Role;
import org.knockon.producers.generate.ScenarioEvents;
import org.knockon.producers.replay.ReplaySettings;
import org.knockon.producers.replay.ReplaySpeed;
import org.knockon.producers.replay.Replayer;
import org.knockon.producers.scenario.ScenarioCatalogue;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;

/**
 * The table of rights is the least that works: without any of them, the command of the role is denied. Each case has a user of its own, with
 * all rights of the role but one. That the rights suffice is shown by {@link SecuredCommandsIT}.
 */
@ExtendWith({SharedSandbox.class, SharedSecuredBroker.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class LeastRightsIT {

    private static final String SCENARIO = "pas-outage-demo";
    private static final String PREFIX = "least.";
    private static final String APPLICATION_ID = PREFIX + "streams";
    /** The streams app counts a scenario, so that it writes every topic that it may write. */
    private static final String RUN = "least";

    private static final String EXERCISE = PREFIX + "replay." + RUN + ".";
    private static final List<String> INTERNAL = Stream.of("broadcast", "replaces", "partials")
            .map(name -> EXERCISE + "internal." + name)
            .toList();

    /** Kafka's own words. */
    private static final Pattern DENIED = Pattern.compile("(?i)not authorized|authorization fail(ed|ure)");

    private static final String APP_DENIED = "knockon: the streams app failed: no right ";

    private final ScenarioEvents events = ScenarioEvents.of(ScenarioCatalogue.load(SCENARIO));
    private SecuredCluster broker;
    private Map<String, String> registry;
    private String[] deployer;
    private Map<String, String[]> users;

    @TempDir
    private Path folder;

    static Stream<ForgottenRight> forgotten() {
        return ForgottenRight.all()
                .filter(LeastRightsIT::stopsACommand)
                .filter(forgotten -> Boolean.getBoolean("knockon.long") || isRefusedAtTheStart(forgotten));
    }

    /** The others are refused after the streams app has started, which takes longer: {@code ./verify --long} runs them. */
    private static boolean isRefusedAtTheStart(ForgottenRight forgotten) {
        Right right = forgotten.right(PREFIX, APPLICATION_ID);
        return switch (forgotten.role()) {
            case DEPLOYER, PRODUCER, WAR_ROOM -> true;
            case STREAMS ->
                right.resource().resourceType() == ResourceType.TOPIC
                        && right.resource().patternType() == PatternType.LITERAL
                        && !right.resource().name().startsWith(PREFIX + "internal.");
            case INGEST, REPLAY -> false;
            case RECORDER -> true;
        };
    }

    /**
     * The wall needs these only for one thing, without which it continues: the list of the appointments of an outage, and the notice of a real
     * outage during an exercise. The rights of the role ingest are those of {@link IngestRightsIT}.
     * No appointment of the scenario replaces another, so nothing is written about that.
     */
    private static boolean stopsACommand(ForgottenRight forgotten) {
        String name = forgotten.right(PREFIX, "any").resource().name();
        return forgotten.role() != Role.INGEST
                && !(forgotten.role() == Role.STREAMS
                        && name.equals(PREFIX + "internal.replaces")
                        && forgotten.operation() == AclOperation.WRITE)
                && !(forgotten.role() == Role.WAR_ROOM && name.equals(PREFIX + "care-impacts"))
                && !(forgotten.role() == Role.REPLAY
                        && (name.equals(PREFIX + "systems") || name.equals(PREFIX + "outages")));
    }

    @BeforeAll
    void publishAScenario(SecuredCluster secured, SharedSandbox.Place place) throws IOException {
        broker = secured;
        registry = Map.of("schema.registry.url", place.schemaRegistryUrl(), "knockon.prefix", PREFIX);
        deployer = broker.user("least-deployer", registry);
        broker.allow("least-deployer", RightsTable.of(Role.DEPLOYER, PREFIX, APPLICATION_ID));
        createTopics(PREFIX);
        createTopics(EXERCISE);
        String[] publisher = broker.user("least-publisher", registry);
        broker.allow("least-publisher", RightsTable.of(Role.REPLAY, PREFIX, APPLICATION_ID));
        try (Replayer replayer = Replayer.connect(
                events,
                new ReplaySettings(RUN, PREFIX, ReplaySpeed.MAX, Duration.ofSeconds(1), client(publisher)),
                progress -> {})) {
            assertThat(replayer.run().position()).isEqualTo(events.size());
        }
        users = broker.users(ForgottenRight.all().map(LeastRightsIT::user).toList(), registry);
    }

    @ParameterizedTest
    @MethodSource("forgotten")
    void theCommandOfTheRoleIsDenied(ForgottenRight forgotten) throws Exception {
        Right right = forgotten.right(PREFIX, APPLICATION_ID);

        CommandRun run = switch (forgotten.role()) {
            case DEPLOYER -> createTopicsOfWhichOneExists(forgotten);
            case PRODUCER ->
                forgotten.operation() == AclOperation.READ ? compareCatalogue(forgotten) : produce(forgotten, right);
            case STREAMS -> stream(forgotten);
            case WAR_ROOM -> withTheRest(forgotten, PREFIX, APPLICATION_ID, "report");
            case REPLAY -> replayOnTopicsOfWhichOneExists(forgotten);
            case RECORDER -> record(forgotten);
            case INGEST -> throw notRun();
        };

        assertThat(run.exitCode()).as(run.toString()).isIn(exitCodes(forgotten));
        if (run.exitCode() == ExitCodes.PROGRAM_FAILED) {
            // Kafka Streams wraps the reason; the app says in one line what is denied.
            assertThat(run.err().lines().filter(line -> line.startsWith(APP_DENIED)))
                    .as(run.toString())
                    .singleElement()
                    .asString()
                    .contains(resource(forgotten));
        } else {
            assertThat(run.err()).as(run.toString()).containsPattern(DENIED);
        }
    }

    private static IllegalStateException notRun() {
        return new IllegalStateException("the command of this role is not run here");
    }

    /** A replay publishes and counts at the same time: the first part that is denied ends it. */
    private static List<Integer> exitCodes(ForgottenRight forgotten) {
        return switch (forgotten.role()) {
            case DEPLOYER, PRODUCER, WAR_ROOM, RECORDER -> List.of(ExitCodes.UNAVAILABLE);
            case STREAMS -> List.of(isRefusedAtTheStart(forgotten) ? ExitCodes.UNAVAILABLE : ExitCodes.PROGRAM_FAILED);
            case REPLAY -> List.of(ExitCodes.UNAVAILABLE, ExitCodes.PROGRAM_FAILED);
            case INGEST -> throw notRun();
        };
    }

    /** What a streams app may not use; the beginning of its name if the right has a prefix. */
    private static String resource(ForgottenRight forgotten) {
        Right right = forgotten.role() == Role.STREAMS
                ? forgotten.right(EXERCISE, applicationId(forgotten))
                : forgotten.right(PREFIX, APPLICATION_ID);
        return right.resource().name();
    }

    private static String applicationId(ForgottenRight forgotten) {
        return EXERCISE + "app" + forgotten.number();
    }

    private CommandRun createTopicsOfWhichOneExists(ForgottenRight forgotten) throws Exception {
        String prefix = PREFIX + "new" + forgotten.number() + ".";
        createOneTopic(prefix + "systems");
        return withTheRest(forgotten, PREFIX, APPLICATION_ID, "topics", "create", "--prefix", prefix);
    }

    private CommandRun produce(ForgottenRight forgotten, Right right) throws IOException {
        Path line = Files.writeString(folder.resolve("line.jsonl"), "{\"key\":\"pas\",\"value\":null}\n");
        String topic = right.resource().name().substring(PREFIX.length());
        return withTheRest(forgotten, PREFIX, APPLICATION_ID, "produce", "--topic", topic, "--file", line.toString());
    }

    private CommandRun compareCatalogue(ForgottenRight forgotten) throws IOException {
        Path catalogue = Files.writeString(
                folder.resolve("catalogue.yaml"), "systems: [{systemId: pas, name: PAS}]\nservices: []\n");
        // On topics that hold records: reading an empty topic needs no right to Read.
        return withTheRest(forgotten, EXERCISE, APPLICATION_ID, "catalogue", "diff", "--file", catalogue.toString());
    }

    /** Each app reads the scenario from the beginning, and from internal topics that no other app has written to. */
    private CommandRun stream(ForgottenRight forgotten) throws Exception {
        String applicationId = applicationId(forgotten);
        Right right = forgotten.right(EXERCISE, applicationId);
        String[] stream = {
            "stream",
            "--until-idle",
            "--timeout",
            "PT2M",
            "--set",
            "application.id=" + applicationId,
            "--set",
            "clock=replay",
            "--set",
            "replay.from=" + Instant.ofEpochMilli(events.from()),
            "--set",
            "replay.until=" + Instant.ofEpochMilli(events.to()),
            "--set",
            "catalogue.grace.ms=600000",
            "--set",
            "http.port=-1",
            "--set",
            "state.dir=" + Files.createTempDirectory(folder, "state")
        };
        if (INTERNAL.contains(right.resource().name()) || right.resource().patternType() == PatternType.PREFIXED) {
            deleteInternalTopics();
            createTopics(EXERCISE);
        }
        boolean restores =
                right.resource().name().equals(applicationId + "-") && forgotten.operation() == AclOperation.READ;
        if (restores) {
            // Only an app with a past has something to read from its changelogs.
            broker.allow(user(forgotten), List.of(right));
            CommandRun first = withTheRest(forgotten, EXERCISE, applicationId, stream);
            assertThat(first.exitCode()).as(first.toString()).isZero();
            broker.revoke(user(forgotten), List.of(right));
            stream[stream.length - 1] = "state.dir=" + Files.createTempDirectory(folder, "state");
        }
        return withTheRest(forgotten, EXERCISE, applicationId, stream);
    }

    private CommandRun record(ForgottenRight forgotten) {
        String file =
                folder.resolve("recording-" + forgotten.number() + ".avro").toString();
        return withTheRest(forgotten, PREFIX, APPLICATION_ID, "record", "--file", file);
    }

    private CommandRun replayOnTopicsOfWhichOneExists(ForgottenRight forgotten) throws Exception {
        String run = RUN + forgotten.number();
        createOneTopic(PREFIX + "replay." + run + ".systems");
        return withTheRest(forgotten, PREFIX, APPLICATION_ID, "replay", SCENARIO, "--headless", "--run", run);
    }

    private CommandRun withTheRest(ForgottenRight forgotten, String prefix, String applicationId, String... arguments) {
        broker.allow(user(forgotten), forgotten.rest(prefix, applicationId));
        String[] options = Stream.concat(Stream.of(users.get(user(forgotten))), prefixOption(prefix, arguments))
                .toArray(String[]::new);
        return CommandRun.with(options, arguments);
    }

    private static Stream<String> prefixOption(String prefix, String... arguments) {
        return List.of(arguments).contains("--prefix") ? Stream.empty() : Stream.of("--prefix", prefix);
    }

    private void createTopics(String prefix) {
        CommandRun created = CommandRun.with(deployer, "topics", "create", "--replay", "--prefix", prefix);
        assertThat(created.exitCode()).as(created.toString()).isZero();
    }

    private void deleteInternalTopics() throws ExecutionException, InterruptedException {
        broker.admin().deleteTopics(INTERNAL).all().get();
        await().until(() ->
                Collections.disjoint(broker.admin().listTopics().names().get(), INTERNAL));
    }

    private void createOneTopic(String name) throws ExecutionException, InterruptedException {
        NewTopic topic = new NewTopic(name, Optional.of(1), Optional.empty());
        broker.admin().createTopics(List.of(topic)).all().get();
    }

    private static String user(ForgottenRight forgotten) {
        return "least-" + forgotten.number();
    }

    private static Map<String, Object> client(String[] options) throws IOException {
        Properties file = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of(options[1]), StandardCharsets.UTF_8)) {
            file.load(in);
        }
        Map<String, Object> client = new HashMap<>();
        file.stringPropertyNames().stream()
                .filter(name -> !name.startsWith("knockon."))
                .forEach(name -> client.put(name, file.getProperty(name)));
        return client;
    }
}
