package org.knockon.systemtests.secured;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knockon.cli.console.ExitCodes;
import org.knockon.cli.rights.RightsTable;
import org.knockon.cli.rights.Role;
import org.knockon.systemtests.BackgroundCommand;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;

/**
 * The rights of the role ingest are the least that works: without any of them the command ends, or the message that needs it
 * gets no positive answer. Each case has a user of its own, with all rights of the role but one.
 */
@ExtendWith({SharedSandbox.class, SharedSecuredBroker.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class IngestRightsIT {

    private static final String PREFIX = "leastfeeds.";
    private static final String FEEDS = """
            http: {port: 0}
            pseudonyms: {keyFile: pseudonym.key, identifiers: [{name: nhs-number, hl7: [NHS]}]}
            feeds:
              - {name: pas, kind: hl7, port: 0, zone: Europe/London, answerWithin: 3s, services: [{match: {location: CLINIC1}, id: clinic}]}
              - {name: events, kind: cloudevents}
              - {name: kuma, kind: kuma, hold: 1h, systems: [{match: {monitor: "Portal web"}, id: portal}]}
            """;
    private static final String GOOD = "MSH|^~\\&|PAS|RJ1|KNOCKON|RJ1|20260302090000||SIU^S12^SIU_S12|C1|P|2.4\r"
            + "SCH||A1|||||||30|MIN|^^^202603100930\rAIL|1||CLINIC1\r";
    private static final String REFUSED =
            GOOD.replace("^^^202603100930", "").replace("|A1|", "|A2|").replace("|C1|", "|C2|");
    private static final String EVENT = "{\"specversion\":\"1.0\",\"id\":\"e1\",\"source\":\"/probe\","
            + "\"type\":\"org.knockon.system-health.v1\",\"time\":\"2026-03-02T09:00:00Z\","
            + "\"data\":{\"systemId\":\"pas\",\"status\":\"UP\"}}";
    private static final String KUMA =
            "{\"heartbeat\":{\"monitorID\":1,\"status\":0,\"time\":\"2026-03-01 12:00:00\",\"msg\":\"m\"},"
                    + "\"monitor\":{\"id\":1,\"name\":\"Portal web\",\"type\":\"http\"},\"msg\":\"down\"}";

    @TempDir
    private static Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private SecuredCluster broker;
    private Map<String, String[]> users;
    private Path feeds;

    static Stream<ForgottenRight> forgotten() {
        return ForgottenRight.all().filter(each -> each.role() == Role.INGEST);
    }

    @BeforeAll
    void createTopics(SecuredCluster secured, SharedSandbox.Place place) throws IOException {
        broker = secured;
        Map<String, String> settings =
                Map.of("schema.registry.url", place.schemaRegistryUrl(), "knockon.prefix", PREFIX);
        String[] deployer = broker.user("leastfeeds-deployer", settings);
        broker.allow("leastfeeds-deployer", RightsTable.of(Role.DEPLOYER, PREFIX, PREFIX + "streams"));
        CommandRun created = CommandRun.with(deployer, "topics", "create", "--prefix", PREFIX);
        assertThat(created.exitCode()).as(created.toString()).isZero();
        String[] producer = broker.user("leastfeeds-producer", settings);
        broker.allow("leastfeeds-producer", RightsTable.of(Role.PRODUCER, PREFIX, PREFIX + "streams"));
        // Reading an empty topic needs no right.
        for (String topic : List.of("systems", "care-services", "appointments")) {
            Path line = Files.writeString(folder.resolve(topic), "{\"key\":\"x\",\"value\":null}\n");
            CommandRun.with(producer, "produce", "--topic", topic, "--file", line.toString(), "--prefix", PREFIX);
        }
        users = broker.users(forgotten().map(IngestRightsIT::user).toList(), settings);
        CommandRun.with(
                new String[0],
                "ingest",
                "--new-key",
                folder.resolve("pseudonym.key").toString());
        feeds = Files.writeString(folder.resolve("feeds.yaml"), FEEDS);
        // All rights: the state that the cases without Read must not be able to read.
        String[] whole = broker.user("leastfeeds-whole", settings);
        broker.allow("leastfeeds-whole", RightsTable.of(Role.INGEST, PREFIX, PREFIX + "streams"));
        assertThatAllIsAnswered(whole);
    }

    private void assertThatAllIsAnswered(String[] user) throws IOException {
        try (BackgroundCommand ingest = ingest(user)) {
            JsonNode ready = ready(ingest);
            assertThat(hl7(ready, GOOD)).contains("MSA|AA");
            assertThat(hl7(ready, REFUSED)).contains("MSA|AE");
            assertThat(post(ready, 1, EVENT, "application/cloudevents+json")).isEqualTo(200);
            assertThat(post(ready, 2, KUMA, "application/json")).isEqualTo(200);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("forgotten")
    void isDenied(ForgottenRight forgotten) throws Exception {
        broker.allow(user(forgotten), forgotten.rest(PREFIX, PREFIX + "streams"));
        String resource = forgotten.right(PREFIX, PREFIX + "streams").resource().name();
        boolean topic = forgotten.right(PREFIX, "any").resource().resourceType() == ResourceType.TOPIC;
        try (BackgroundCommand ingest = ingest(users.get(user(forgotten)))) {
            if (!topic || isRefusedAtTheStart(resource, forgotten.operation())) {
                assertThat(ingest.awaitExit()).as(ingest.err()).isEqualTo(ExitCodes.UNAVAILABLE);
                assertThat(ingest.err()).containsPattern("(?i)not authorized|authorization fail|no right");
                return;
            }
            JsonNode ready = ready(ingest);
            switch (resource.substring(PREFIX.length())) {
                case "appointments" ->
                    assertThat(hl7(ready, GOOD.replace("|A1|", "|A3|"))).isEmpty();
                case "internal.feeds" ->
                    assertThat(post(ready, 2, KUMA, "application/json")).isEqualTo(503);
                default -> throw new AssertionError("no message needs " + resource);
            }
        }
    }

    /** A user who may only write to a topic does not see it without that right. */
    private static boolean isRefusedAtTheStart(String resource, AclOperation operation) {
        return operation == AclOperation.READ || resource.endsWith("refusals") || resource.endsWith("system-health");
    }

    private BackgroundCommand ingest(String[] user) {
        return BackgroundCommand.start(
                user, "ingest", "--feeds", feeds.toString(), "--output", "json", "--prefix", PREFIX);
    }

    private static JsonNode ready(BackgroundCommand ingest) throws InterruptedException {
        return CommandRun.parse(ingest.awaitLine(line -> line.startsWith("{\"http\":")))
                .get("feeds");
    }

    /** The answer; empty if the connection was reset. */
    private static String hl7(JsonNode ready, String message) throws IOException {
        try (Socket sender = new Socket(
                InetAddress.getLoopbackAddress(), ready.get(0).get("port").intValue())) {
            sender.getOutputStream().write(("\u000b" + message + "\u001c\r").getBytes(StandardCharsets.ISO_8859_1));
            StringBuilder answer = new StringBuilder();
            for (int b = sender.getInputStream().read();
                    b >= 0 && b != 0x1c;
                    b = sender.getInputStream().read()) {
                answer.append((char) b);
            }
            return answer.toString();
        } catch (SocketException reset) {
            return "";
        }
    }

    private int post(JsonNode ready, int feed, String body, String type) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(
                                        URI.create(ready.get(feed).get("url").textValue()))
                                .header("Content-Type", type)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static String user(ForgottenRight forgotten) {
        return "leastfeeds-" + forgotten.number();
    }
}
