package org.knockon.systemtests.warroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.knockon.cli.Knockon;
import org.knockon.sandbox.Sandbox;
import org.knockon.sandbox.SandboxOptions;
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.serve.WarRoom;

/** While its broker is unreachable, the war room is live but not ready, and the wall shows the reason. */
@Timeout(180)
class BrokerAwayIT {

    private static final Duration DETECTION_TIMEOUT = Duration.ofSeconds(25);

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void isNotReadyWithoutABroker() throws Exception {
        Sandbox sandbox = Sandbox.start(SandboxOptions.defaults());
        String[] servers = {
            "--bootstrap-server", sandbox.bootstrapServers(), "--schema-registry-url", sandbox.schemaRegistryUrl()
        };
        try {
            assertThat(Knockon.commandLine()
                            .execute(
                                    "topics",
                                    "create",
                                    "--prefix",
                                    "away.",
                                    servers[0],
                                    servers[1],
                                    servers[2],
                                    servers[3]))
                    .isZero();
            Map<String, Object> client = Map.of("bootstrap.servers", servers[1], "schema.registry.url", servers[3]);
            WarRoomSettings settings =
                    new WarRoomSettings(client, "away.", ZoneId.of("Europe/London"), "127.0.0.1", 0, Optional.empty());
            try (WarRoom warRoom = WarRoom.start(settings, System::currentTimeMillis)) {
                String address = warRoom.address().replace("/wall", "");
                awaitReady(address, 200, Duration.ofSeconds(60));
                sandbox.close();
                awaitReady(address, 503, DETECTION_TIMEOUT);
                assertThat(get(address, "/health/ready").body()).contains("no response from the broker for 15 s");
                assertThat(get(address, "/health/live").statusCode()).isEqualTo(200);
                assertThat(firstTick(address)).contains("\"trouble\":\"BROKER_AWAY\"");
            }
        } finally {
            sandbox.close();
        }
    }

    private String firstTick(String address) throws Exception {
        try (var lines = http.send(
                        HttpRequest.newBuilder(URI.create(address + "/api/v1/stream"))
                                .build(),
                        HttpResponse.BodyHandlers.ofLines())
                .body()) {
            return lines.filter(line -> line.contains("serverTime")).findFirst().orElseThrow();
        }
    }

    private void awaitReady(String address, int status, Duration timeout) {
        await().atMost(timeout).until(() -> get(address, "/health/ready").statusCode() == status);
    }

    private HttpResponse<String> get(String address, String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(address + path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
