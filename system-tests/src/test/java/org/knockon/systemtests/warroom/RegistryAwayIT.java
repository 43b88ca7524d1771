package org.knockon.systemtests.warroom;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.systemtests.ChildCommand;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;

/** Without a registry, no reader can distinguish valid from invalid records, so the war room counts none as unreadable. */
@ExtendWith(SharedSandbox.class)
@Timeout(180)
class RegistryAwayIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final Duration LONGER_THAN_ALL_RETRIES = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newHttpClient();
    private volatile boolean registryDown;
    private volatile boolean schemaRequested;

    @Test
    void theWarRoomSkipsNoRecord(SharedSandbox.Place place, @TempDir Path folder) throws Exception {
        String prefix = place.prefix();
        Instant began = Instant.now().minusSeconds(600).truncatedTo(ChronoUnit.SECONDS);
        String outage = "pas@" + began;
        assertThat(CommandRun.of(place, "topics", "create", "--prefix", prefix).exitCode())
                .isZero();
        produce(place, prefix, "outages", outage, outage(began));
        produce(place, prefix, "care-impacts", "a1", impact(began, outage));
        produce(place, prefix, "system-health", "pas", observation(began));
        HttpServer proxy = startProxy(place.schemaRegistryUrl());
        registryDown = true;
        try (ChildCommand warRoom = ChildCommand.start(
                folder,
                "war-room",
                "--port",
                "0",
                "--prefix",
                prefix,
                "--bootstrap-server",
                place.bootstrapServers(),
                "--schema-registry-url",
                "http://localhost:" + proxy.getAddress().getPort())) {
            String address = warRoom.awaitLine(line -> line.contains(" on http"))
                    .replaceFirst(".* on (http\\S+?)/?(wall)?;.*", "$1");
            awaitSchemaRequest();
            Thread.sleep(LONGER_THAN_ALL_RETRIES.toMillis());
            assertThat(get(address + "/health/ready").statusCode())
                    .as("not ready before it has read the topics")
                    .isEqualTo(503);

            registryDown = false;
            JsonNode state = awaitState(address);
            assertThat(state.get("unreadable").intValue()).isZero();
            assertThat(state.toString()).contains(outage);

            String counts = address + "/api/v1/outages/" + URLEncoder.encode(outage, UTF_8) + "/counts";
            registryDown = true;
            HttpResponse<String> refused = get(counts);
            assertThat(refused.statusCode()).as("no incomplete result").isEqualTo(503);
            assertThat(refused.body()).contains("could not read");
            registryDown = false;
            HttpResponse<String> complete = get(counts);
            assertThat(complete.statusCode()).as(complete.body()).isEqualTo(200);
            assertThat(CommandRun.parse(complete.body())
                            .at("/byCategory/0/value")
                            .textValue())
                    .isEqualTo("OUTPATIENT");
        } finally {
            proxy.stop(0);
        }
    }

    private static void produce(SharedSandbox.Place place, String prefix, String topic, String key, String value) {
        String line = "{\"key\":\"%s\",\"value\":%s}%n".formatted(key, value);
        CommandRun run =
                CommandRun.withInput(place, line, "produce", "--topic", topic, "--file", "-", "--prefix", prefix);
        assertThat(run.exitCode()).as(run.toString()).isZero();
    }

    private static String outage(Instant began) {
        return "{\"systemId\":\"pas\",\"startedAt\":\"%1$s\",\"endedAt\":null,\"planned\":false,\"evidence\":\"OBSERVED\",\"rootCauses\":[\"pas@%1$s\"],\"rootCausesTotal\":1,\"affectedSystems\":[],\"affectedSystemsTotal\":0,\"affectedServices\":[\"clinic\"],\"affectedServicesTotal\":1,\"confirmedAt\":\"%1$s\"}"
                .formatted(began);
    }

    private static String observation(Instant at) {
        return "{\"systemId\":\"pas\",\"status\":\"DOWN\",\"observedAt\":\"%s\",\"monitor\":\"probe\",\"detail\":null}"
                .formatted(at);
    }

    private static String impact(Instant slot, String outage) {
        return "{\"state\":\"AWAITING_DATE\",\"serviceId\":\"clinic\",\"organisation\":\"ZZ9\",\"site\":\"ZZ901\",\"category\":\"OUTPATIENT\",\"priority\":\"ROUTINE\",\"slotStart\":\"%1$s\",\"outageIds\":[\"%2$s\"],\"rootCauses\":[\"%2$s\"],\"capabilities\":[\"RECORDS\"],\"firstPostponedSlot\":\"%1$s\",\"newSlot\":null,\"delayMinutes\":null,\"timesPostponed\":1,\"outagesTotal\":1,\"rootCausesTotal\":1,\"historyTruncated\":false,\"assessedAt\":\"%1$s\"}"
                .formatted(slot, outage);
    }

    /** Forwards requests to the registry. While it counts as down, closes the connection on requests for a schema; the startup check still works. */
    private HttpServer startProxy(String registry) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean forSchema = exchange.getRequestURI().getPath().startsWith("/schemas/");
            schemaRequested |= forSchema;
            if (!registryDown || !forSchema) {
                forward(exchange, registry);
            }
            exchange.close();
        });
        server.start();
        return server;
    }

    private void forward(HttpExchange exchange, String registry) throws IOException {
        try {
            HttpResponse<byte[]> response = http.send(
                    HttpRequest.newBuilder(URI.create(registry + exchange.getRequestURI()))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
            exchange.sendResponseHeaders(response.statusCode(), response.body().length);
            exchange.getResponseBody().write(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private void awaitSchemaRequest() {
        await().atMost(TIMEOUT).until(() -> schemaRequested);
    }

    private JsonNode awaitState(String address) {
        return await().atMost(TIMEOUT)
                .until(
                        () -> CommandRun.parse(get(address + "/api/v1/state").body()),
                        state -> state.get("ready").booleanValue());
    }
}
