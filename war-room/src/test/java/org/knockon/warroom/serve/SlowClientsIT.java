package org.knockon.warroom.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.server.tls.PemFiles;
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.access.AccessFile;
import org.knockon.warroom.access.AccessSettings;
import org.knockon.warroom.access.Role;

/** 1,100 slow TLS connections without credentials, from the address of a user who logs in and from another address. */
@Timeout(300)
class SlowClientsIT {

    /** {@code ./verify --long} runs more of them. */
    private static final int ROUNDS = Boolean.getBoolean("knockon.long") ? 4 : 2;

    private static final int CLIENTS = 1_100;
    private static final Duration SOON = Duration.ofSeconds(2);

    @TempDir
    private Path folder;

    @Test
    void acceptsAUserBesideElevenHundredConnectionsOfTheSameAddress() throws Exception {
        logInBeside("127.0.0.1");
    }

    @Test
    void acceptsAUserBesideElevenHundredConnectionsOfAnotherAddress() throws Exception {
        logInBeside("127.0.0.9");
    }

    private void logInBeside(String address) throws Exception {
        SelfSignedCertificate certificate = new SelfSignedCertificate(folder);
        AccessFile access = new AccessFile(folder.resolve("access.json"));
        access.addUser("ana", Set.of(Role.VIEWER), GuardedServer.PASSWORD.toCharArray());
        try (WarRoomServer server = start();
                SlowClients clients = new SlowClients(server.port(), certificate.trusting(), address)) {
            Duration alone = timed(() -> login(certificate, server, "ana"));
            List<Duration> waits = new ArrayList<>();
            clients.connect(CLIENTS, 1_000);
            for (int round = 1; round <= ROUNDS; round++) {
                // A new user each time, so that the password is not remembered.
                access.addUser("user" + round, Set.of(Role.VIEWER), GuardedServer.PASSWORD.toCharArray());
                Thread.sleep(4_000);
                String user = "user" + round;
                Duration login = timed(() -> login(certificate, server, user));
                Duration health = timed(() -> assertThat(get(certificate, server, "/health/live", "nobody")
                                .body())
                        .isEqualTo("live"));
                waits.add(login);
                waits.add(health);
                System.out.printf(
                        "round %d from %s: logged in after %d ms, health after %d ms, %d connections closed%n",
                        round, address, login.toMillis(), health.toMillis(), clients.closedConnections());
            }
            assertThat(clients.closedConnections()).isGreaterThan(CLIENTS / 2);
            clients.disconnectAll();
            access.addUser("last", Set.of(Role.VIEWER), GuardedServer.PASSWORD.toCharArray());
            Thread.sleep(4_000);
            Duration after = timed(() -> login(certificate, server, "last"));
            // On a busy machine even a single check takes long, and it may become busy in between.
            Duration single = alone.compareTo(after) > 0 ? alone : after;
            Duration limit = single.multipliedBy(4).compareTo(SOON) > 0 ? single.multipliedBy(4) : SOON;
            assertThat(waits).as("alone %s before, %s after", alone, after).allMatch(wait -> wait.compareTo(limit) < 0);
        }
    }

    private interface Step {
        void go() throws Exception;
    }

    private static Duration timed(Step step) throws Exception {
        long begun = System.nanoTime();
        step.go();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static void login(SelfSignedCertificate certificate, WarRoomServer server, String user) throws Exception {
        assertThat(get(certificate, server, "/api/v1/state", user).statusCode()).isEqualTo(200);
    }

    /** With a new client, and so a new connection, each time. */
    private static HttpResponse<String> get(
            SelfSignedCertificate certificate, WarRoomServer server, String path, String user) throws Exception {
        HttpClient http =
                HttpClient.newBuilder().sslContext(certificate.trusting()).build();
        return http.send(
                HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + path))
                        .timeout(Duration.ofSeconds(20))
                        .header("Authorization", GuardedServer.basic(user, GuardedServer.PASSWORD))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private WarRoomServer start() {
        AccessSettings access = new AccessSettings(
                Optional.of(folder.resolve("access.json")),
                Optional.of(new PemFiles(folder.resolve("cert.pem"), folder.resolve("key.pem"))),
                false);
        return WarRoomServer.start(
                new WarRoomSettings(
                        Map.of(), "knockon.", ZoneId.of("Europe/London"), "0.0.0.0", 0, Optional.empty(), access),
                new FakeBoard(),
                System::currentTimeMillis);
    }
}
