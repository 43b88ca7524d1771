package org.knockon.systemtests.secured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.cli.rights.Right;
import org.knockon.cli.rights.RightsTable;
import org.knockon.cli.rights.Role;
import org.knockon.systemtests.BackgroundCommand;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;

/** The commands of each role, one after the other, with the rights of the table and no more. */
@ExtendWith({SharedSandbox.class, SharedSecuredBroker.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
class SecuredCommandsIT {

    private static final String PREFIX = "ward.";
    private static final String EXERCISE = PREFIX + "replay.drill.";
    private static final String PROGRESS = EXERCISE + "internal.replay-progress";
    private static final String PUBLISHER = "ward-exercise-publisher";
    private static final String OUTAGE = "pas@2025-03-12T09:40:00Z";

    private static final Duration LONGEST_READ = Duration.ofMinutes(2);

    /** An outage that hits an appointment. */
    private static final Map<String, String> INPUT = Map.of(
            "systems",
            "{\"key\":\"pas\",\"value\":{\"name\":\"Patient administration\",\"organisation\":\"ZZ9\",\"kind\":\"APPLICATION\","
                    + "\"dependsOn\":[],\"monitoring\":{\"confirmAfterSeconds\":120,\"recoverAfterSeconds\":300,"
                    + "\"silenceAfterSeconds\":86400},\"standard\":null}}",
            "care-services",
            "{\"key\":\"clinic\",\"value\":{\"name\":\"Clinic\",\"organisation\":\"ZZ9\",\"site\":\"ZZ901\",\"specialty\":\"320\","
                    + "\"category\":\"OUTPATIENT\",\"requires\":[{\"systemId\":\"pas\",\"capability\":\"SCHEDULING\","
                    + "\"toleranceMinutes\":30}]}}",
            "system-health",
            observation("UP", "06:00") + observation("DOWN", "09:40") + observation("DOWN", "12:00"),
            "appointments",
            "{\"key\":\"a1\",\"value\":{\"appointmentId\":\"a1\",\"sequence\":1,\"status\":\"BOOKED\",\"changeReason\":null,"
                    + "\"serviceId\":\"clinic\",\"slotStart\":\"2025-03-12T11:00:00Z\",\"slotEnd\":\"2025-03-12T11:20:00Z\","
                    + "\"priority\":\"ROUTINE\",\"patientRef\":\"p-1\",\"replaces\":null,\"updatedAt\":\"2025-03-10T10:00:00Z\"}}");

    /** The same systems and care services. */
    private static final String CATALOGUE = "systems: [{systemId: pas, name: Patient administration, organisation: ZZ9,"
            + " kind: APPLICATION, monitoring: {silenceAfterSeconds: 86400}}]\n"
            + "services: [{serviceId: clinic, name: Clinic, organisation: ZZ9, site: ZZ901, specialty: '320',"
            + " category: OUTPATIENT, requires: [{systemId: pas, capability: SCHEDULING, toleranceMinutes: 30}]}]\n";

    private final Map<Role, String[]> login = new EnumMap<>(Role.class);
    private SecuredCluster broker;
    private Map<String, String> settings;

    @BeforeAll
    void giveEachRoleItsRights(SecuredCluster secured, SharedSandbox.Place place) {
        broker = secured;
        settings = Map.of("schema.registry.url", place.schemaRegistryUrl(), "knockon.prefix", PREFIX);
        List<String> names =
                Stream.of(Role.values()).map(SecuredCommandsIT::user).toList();
        Map<String, String[]> users = broker.users(names, settings);
        for (Role role : Role.values()) {
            login.put(role, users.get(user(role)));
            broker.allow(user(role), RightsTable.of(role, PREFIX, PREFIX + "streams"));
        }
    }

    private static String observation(String status, String time) {
        return "{\"key\":\"pas\",\"value\":{\"systemId\":\"pas\",\"status\":\"" + status
                + "\",\"observedAt\":\"2025-03-12T" + time + ":00Z\",\"monitor\":\"probe\",\"detail\":null}}\n";
    }

    private static String user(Role role) {
        return "ward-" + role;
    }

    @Test
    @Order(1)
    void theDeployerCreatesTopicsAndComparesThem() {
        assertDone(run(Role.DEPLOYER, "topics", "create", "--replay"));
        assertDone(run(Role.DEPLOYER, "topics", "create", "--replay"));
    }

    @Test
    @Order(2)
    void aProducerWritesInput(@TempDir Path folder) throws IOException {
        for (Map.Entry<String, String> input : INPUT.entrySet()) {
            Path line = Files.writeString(folder.resolve(input.getKey()), input.getValue());

            assertDone(run(Role.PRODUCER, "produce", "--topic", input.getKey(), "--file", line.toString()));
        }
        Path catalogue = Files.writeString(folder.resolve("catalogue.yaml"), CATALOGUE);
        CommandRun published = run(Role.PRODUCER, "catalogue", "publish", "--file", catalogue.toString());
        assertDone(published);
        assertThat(published.out()).isEqualTo("published: 0 added, 0 changed, 0 removed, 2 unchanged\n");
    }

    @Test
    @Order(3)
    void theStreamsAppCountsIt(@TempDir Path folder) {
        CommandRun stream = run(
                Role.STREAMS,
                "stream",
                "--until-idle",
                "--timeout",
                "PT4M",
                "--set",
                "clock=replay",
                "--set",
                "replay.from=2025-03-12T00:00:00Z",
                "--set",
                "replay.until=2025-03-13T00:00:00Z",
                "--set",
                "state.dir=" + folder,
                "--set",
                "http.port=-1");

        assertDone(stream);
        assertThat(stream.out()).contains("idle after");
        assertDone(run(Role.STREAMS, "doctor", "--for", "streams"));
    }

    @Test
    @Order(4)
    void theRecorderRecordsTheInput(@TempDir Path folder) {
        CommandRun record = run(
                Role.RECORDER,
                "record",
                "--file",
                folder.resolve("input.avro").toString(),
                "--from",
                "2025-03-12T07:00:00Z");

        assertDone(record);
        assertThat(record.out()).contains("recorded " + "5 records of " + PREFIX + "*");
    }

    @Test
    @Order(4)
    void theWarRoomReadsTheCountsAndWritesTheReport() {
        assertDone(run(Role.WAR_ROOM, "watch", "--once"));
        CommandRun report = run(Role.WAR_ROOM, "report", "--form", "json");

        assertDone(report);
        assertThat(report.out()).contains(OUTAGE);
    }

    /** The list of appointments is the one thing for which it reads the impacts. */
    @Test
    @Order(5)
    void theWarRoomServesTheListOfAppointmentsIfItMayReadImpacts() throws Exception {
        Right impacts = right(ResourceType.TOPIC, PatternType.LITERAL, PREFIX + "care-impacts", AclOperation.READ);
        try (BackgroundCommand warRoom = BackgroundCommand.start(login.get(Role.WAR_ROOM), "war-room", "--port", "0")) {
            String started = warRoom.awaitLine(line -> line.startsWith("war room of " + PREFIX));
            URI list = URI.create(started.replaceFirst(".*(http://\\S+)/wall;.*", "$1") + "/api/v1/outages/"
                    + OUTAGE.replace(":", "%3A") + "/appointments");

            // It first reads the topics.
            await().atMost(LONGEST_READ).until(() -> get(list).statusCode() == 200);
            assertThat(get(list).body()).contains("a1");
            broker.revoke(user(Role.WAR_ROOM), List.of(impacts));
            HttpResponse<String> denied = get(list);
            broker.allow(user(Role.WAR_ROOM), List.of(impacts));

            assertThat(denied.statusCode()).as(denied.body()).isGreaterThanOrEqualTo(500);
            await().atMost(LONGEST_READ).until(() -> get(list).statusCode() == 200);
            warRoom.interrupt();
            assertThat(warRoom.awaitExit()).as(warRoom.err()).isEqualTo(130);
        }
    }

    @Test
    @Order(6)
    void aReplayRunsOnTheClusterAndContinues() {
        String[] replay = {"replay", "pas-outage-demo", "--verify", "--headless", "--run", "secured"};

        assertDone(run(Role.REPLAY, replay));
        assertDone(run(Role.REPLAY, replay));
    }

    /** The publisher needs less than the role replay: docs/security.md. The app has the rights of its role, for the exercise. */
    @Test
    @Order(7)
    void anExerciseForADeployedAppNeedsFewRights(@TempDir Path folder) throws Exception {
        assertDone(run(Role.DEPLOYER, "topics", "create", "--replay", "--prefix", EXERCISE));
        String[] app = broker.user("ward-exercise-app", settings);
        broker.allow("ward-exercise-app", RightsTable.of(Role.STREAMS, EXERCISE, EXERCISE + "streams"));
        String[] publisher = broker.user(PUBLISHER, settings);
        broker.allow(PUBLISHER, rightsToPublish());

        try (BackgroundCommand publishing = BackgroundCommand.start(publisher, publish("PT3M"))) {
            String printed = publishing.awaitLine(line -> line.startsWith("  knockon stream "));
            String stream =
                    printed.strip().replaceFirst("knockon ", "") + " --set http.port=-1 --set state.dir=" + folder;
            try (BackgroundCommand streaming = BackgroundCommand.start(app, stream.split(" "))) {
                assertThat(publishing.awaitExit()).as(publishing.err()).isZero();
                assertDone(run(Role.REPLAY, "verify", "--scenario", "pas-outage-demo", "--run", "drill"));

                assertDone(CommandRun.with(publisher, publish("PT1M")));
                rightsToPublish().forEach(right -> assertNeeded(publisher, right));
                assertThat(streaming.err()).doesNotContain("knockon:");
            }
        }
    }

    /** All events are published, so the command only prepares and compares; it writes nothing. */
    private void assertNeeded(String[] publisher, Right right) {
        for (AclOperation operation : right.operations()) {
            Right one = right.only(List.of(operation));
            if (!right.resource().name().equals(PROGRESS) || operation != AclOperation.WRITE) {
                broker.revoke(PUBLISHER, List.of(one));
                CommandRun denied = CommandRun.with(publisher, publish("PT1S"));
                broker.allow(PUBLISHER, List.of(one));
                assertThat(denied.exitCode()).as("without %s: %s", one, denied).isNotZero();
            }
        }
    }

    private static String[] publish(String wait) {
        return new String[] {"replay", "pas-outage-demo", "--publish-only", "--run", "drill", "--wait", wait};
    }

    private static List<Right> rightsToPublish() {
        List<Right> rights = new ArrayList<>();
        for (String input : INPUT.keySet()) {
            rights.add(right(ResourceType.TOPIC, PatternType.LITERAL, EXERCISE + input, AclOperation.WRITE));
        }
        rights.add(right(
                ResourceType.TOPIC,
                PatternType.LITERAL,
                PROGRESS,
                AclOperation.CREATE,
                AclOperation.READ,
                AclOperation.WRITE));
        rights.add(right(ResourceType.GROUP, PatternType.LITERAL, EXERCISE + "streams", AclOperation.DESCRIBE));
        rights.add(
                right(ResourceType.TRANSACTIONAL_ID, PatternType.LITERAL, EXERCISE + "replayer", AclOperation.WRITE));
        return rights;
    }

    private static Right right(ResourceType type, PatternType pattern, String name, AclOperation... operations) {
        return new Right(new ResourcePattern(type, name, pattern), List.of(operations));
    }

    private static HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    private CommandRun run(Role role, String... arguments) {
        return CommandRun.with(login.get(role), arguments);
    }

    private static void assertDone(CommandRun run) {
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    }
}
