package org.knockon.systemtests.feeds;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.systemtests.ChildCommand;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;
import org.knockon.systemtests.StreamedDay;

/** Through the front door: a booking system and a monitor send what they have, and the pipeline counts an impact. */
@ExtendWith(SharedSandbox.class)
@Timeout(300)
class IngestIT {

    private static final String SYSTEMS = """
            {"key":"pas","value":{"name":"Patient administration","organisation":"ZZ9","kind":"APPLICATION","dependsOn":[],"monitoring":{"confirmAfterSeconds":120,"recoverAfterSeconds":300,"silenceAfterSeconds":86400},"standard":null}}
            """;
    private static final String SERVICES = """
            {"key":"clinic","value":{"name":"Clinic","organisation":"ZZ9","site":"ZZ901","specialty":"320","category":"OUTPATIENT","requires":[{"systemId":"pas","capability":"SCHEDULING","toleranceMinutes":30}]}}
            """;
    private static final String FEEDS = """
            http: {port: 0}
            pseudonyms: {keyFile: pseudonym.key, identifiers: [{name: nhs-number, hl7: [NHS]}]}
            feeds:
              - name: pas
                kind: hl7
                port: 0
                zone: Europe/London
                services: [{match: {location: CLINIC1}, id: clinic}]
                reasons: {ITDOWN: IT_OUTAGE}
              - {name: events, kind: cloudevents}
            """;

    @TempDir
    private Path folder;

    @Test
    void whatSendersSayBecomesAnImpact(SharedSandbox.Place place) throws Exception {
        String prefix = place.prefix();
        CommandRun.of(place, "topics", "create", "--replay", "--prefix", prefix);
        CommandRun.withInput(place, SYSTEMS, "produce", "--topic", "systems", "--file", "-", "--prefix", prefix);
        CommandRun.withInput(place, SERVICES, "produce", "--topic", "care-services", "--file", "-", "--prefix", prefix);
        String key = folder.resolve("pseudonym.key").toString();
        assertThat(CommandRun.with(new String[0], "ingest", "--new-key", key).exitCode())
                .isZero();
        Path feeds = Files.writeString(folder.resolve("feeds.yaml"), FEEDS);
        String[] arguments = Stream.concat(
                        Stream.of("ingest", "--feeds", feeds.toString(), "--output", "json", "--prefix", prefix),
                        Stream.of(place.arguments()))
                .toArray(String[]::new);

        try (ChildCommand ingest = ChildCommand.start(folder, arguments)) {
            JsonNode ready = CommandRun.parse(ingest.awaitLine(line -> line.startsWith("{\"http\":")));
            health(ready, "e1", "UP", "2025-03-12T06:00:00Z");
            health(ready, "e2", "DOWN", "2025-03-12T09:40:00Z");
            health(ready, "e3", "DOWN", "2025-03-12T12:00:00Z");
            int port = ready.get("feeds").get(0).get("port").intValue();
            try (Socket sender = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(send(sender, siu("C1", "S12", "20250301100000", ""))).contains("MSA|AA|C1");
                assertThat(send(sender, siu("C2", "S15", "20250312100000", "ITDOWN")))
                        .contains("MSA|AA|C2");
            }
            ingest.interrupt();
            assertThat(ingest.awaitExit(30)).isEqualTo(130);
            assertThat(ingest.err()).doesNotContain("Quibblethorpe", "9000000009");
        }

        CommandRun stream = StreamedDay.run(place, prefix, LocalDate.parse("2025-03-12"), folder);
        assertThat(stream.exitCode()).as(stream.toString()).isZero();
        JsonNode counts = CommandRun.of(place, "watch", "--once", "--output", "json", "--prefix", prefix)
                .json()
                .get(0)
                .get("counts");
        assertThat(counts.get("awaitingDate").intValue())
                .as("cancelled because of the outage")
                .isEqualTo(1);
    }

    @Test
    void namesMissingTopicsAndOpensNoFeed(SharedSandbox.Place place) throws Exception {
        CommandRun.with(
                new String[0],
                "ingest",
                "--new-key",
                folder.resolve("pseudonym.key").toString());
        Path feeds = Files.writeString(folder.resolve("feeds.yaml"), FEEDS);

        CommandRun ingest = CommandRun.of(place, "ingest", "--feeds", feeds.toString(), "--prefix", place.prefix());

        assertThat(ingest.exitCode()).as(ingest.toString()).isEqualTo(3);
        assertThat(ingest.err()).contains("missing topics: ").contains("internal.feeds");
        assertThat(ingest.out()).isEmpty();
    }

    private static void health(JsonNode ready, String id, String status, String at)
            throws IOException, InterruptedException {
        String event = "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"/probe\","
                + "\"type\":\"org.knockon.system-health.v1\",\"time\":\"" + at
                + "\",\"data\":{\"systemId\":\"pas\",\"status\":\"" + status + "\"}}";
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        ready.get("feeds").get(1).get("url").textValue()))
                                .header("Content-Type", "application/cloudevents+json")
                                .POST(HttpRequest.BodyPublishers.ofString(event))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    private static String siu(String controlId, String trigger, String sent, String reason) {
        return "MSH|^~\\&|PAS|RJ1|KNOCKON|RJ1|" + sent + "||SIU^" + trigger + "^SIU_S12|" + controlId + "|P|2.4\r"
                + "SCH||A1||||" + reason + "|||20|MIN|^^^202503121130\r"
                + "PID|1||9000000009^^^NHS||Quibblethorpe^Ada\r"
                + "AIL|1||CLINIC1\r";
    }

    /** Sends a message and returns its answer. */
    private static String send(Socket sender, String message) throws IOException {
        sender.getOutputStream().write(("\u000b" + message + "\u001c\r").getBytes(ISO_8859_1));
        InputStream in = sender.getInputStream();
        StringBuilder answer = new StringBuilder();
        for (int b = in.read(); b >= 0; b = in.read()) {
            answer.append((char) b);
            if (answer.indexOf("\u001c\r") >= 0) {
                return answer.toString();
            }
        }
        throw new AssertionError("the connection ended without an answer");
    }
}
