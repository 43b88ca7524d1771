package org.knockon.feeds.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.knockon.feeds.TestTopics;
import org.knockon.feeds.settings.FeedsFileReader;
import org.knockon.schemas.Topics;

/** Feeds that run in this process, on any free ports. */
record RunningFeeds(Ingest ingest, List<OpenFeed> open, HttpClient client) implements AutoCloseable {

    static final String TOKEN = "a-token-of-alertmanager";
    static final String PASSWORD = "a-password-of-ers";
    static final String READER = "a-token-of-readers";

    static final Map<String, String> ALERTMANAGER =
            Map.of("Authorization", "Bearer " + TOKEN, "Content-Type", "application/json");
    static final Map<String, String> ERS = Map.of(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(("ers:" + PASSWORD).getBytes(StandardCharsets.UTF_8)),
            "Content-Type",
            "application/fhir+json");

    static final String FILE = """
            http: {port: 0, tokenFile: http.token}
            pseudonyms: {keyFile: pseudonym.key, identifiers: [{name: nhs-number, hl7: [NHS], fhir: ["https://fhir.nhs.uk/Id/nhs-number"]}]}
            feeds:
              - name: pas
                kind: hl7
                port: 0
                zone: Europe/London
                answerWithin: 2s
                services: [{match: {service: "MRI*"}, id: mri}]
              - {name: ers, kind: fhir, userFile: ers.user, services: [{match: {location: Location/cardio}, id: cardiology}]}
              - {name: am, kind: alertmanager, tokenFile: am.token, heartbeat: {match: {alertname: Watchdog}, lag: 0s}, systems: [{match: {job: pas}, id: pas}]}
              - {name: kuma, kind: kuma, hold: 1h, refresh: 5s, systems: [{match: {monitor: "Portal web"}, id: portal}]}
              - {name: icinga, kind: icinga, systems: [{match: {host: pacs}, id: pacs}]}
              - {name: events, kind: cloudevents}
            """;

    /** Starts and opens them. */
    static RunningFeeds start(Path folder, TestTopics topics, String yaml) throws Exception {
        Ingest ingest = prepare(folder, topics, yaml);
        try {
            return new RunningFeeds(ingest, ingest.open(line -> {}), HttpClient.newHttpClient());
        } catch (RuntimeException e) {
            ingest.close();
            throw e;
        }
    }

    /** Starts them without opening any feed. */
    static Ingest prepare(Path folder, TestTopics topics, String yaml) throws IOException {
        secret(folder, "pseudonym.key", "0123456789abcdef0123456789abcdef");
        secret(folder, "http.token", READER);
        secret(folder, "am.token", TOKEN);
        secret(folder, "ers.user", "ers:" + PASSWORD);
        Path file = Files.writeString(folder.resolve("feeds.yaml"), yaml);
        return Ingest.start(
                new IngestSettings(topics.client(), topics.prefix(), FeedsFileReader.read(file), Optional.empty()),
                InstantSource.system());
    }

    private static void secret(Path folder, String name, String content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    int port(String feed) {
        return named(feed).port();
    }

    private OpenFeed named(String feed) {
        return open.stream()
                .filter(each -> each.name().equals(feed))
                .findFirst()
                .orElseThrow();
    }

    /** Sends a request to a feed, or to the server. */
    HttpResponse<String> send(String method, String path, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        return send(client, ingest.http(), method, path, body, headers);
    }

    static HttpResponse<String> send(
            HttpClient client, String http, String method, String path, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(http + path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** What people and Prometheus may read. */
    String read(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = send("GET", path, null, Map.of("Authorization", "Bearer " + READER));
        if (response.statusCode() != 200) {
            throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    /** Posts a packed body and returns the status of the response. */
    int gzip(String feed, String body) throws IOException, InterruptedException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(ingest.http() + "/feeds/" + feed))
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray()))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    /** Nothing of a patient, and no free text, on any topic, list or metric. */
    void seeksSecrets(TestTopics topics) throws IOException, InterruptedException {
        StringBuilder everything = new StringBuilder(read("/feeds")).append(read("/metrics"));
        for (var topic : List.of(Topics.APPOINTMENTS, Topics.SYSTEM_HEALTH, Topics.REFUSALS, Topics.FEEDS)) {
            topics.records(topic).forEach(record -> {
                everything.append(new String(record.value(), StandardCharsets.ISO_8859_1));
                record.headers()
                        .forEach(header -> everything.append(new String(header.value(), StandardCharsets.ISO_8859_1)));
            });
        }
        assertThat(everything.toString())
                .doesNotContain(SenderMessages.SECRET_NAME, SenderMessages.SECRET_NUMBER, "has a dog")
                .doesNotContain(TOKEN, PASSWORD, READER);
    }

    @Override
    public void close() {
        ingest.close();
    }
}
