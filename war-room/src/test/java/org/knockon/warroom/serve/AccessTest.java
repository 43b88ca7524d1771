package org.knockon.warroom.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.knockon.warroom.access.Role;
import org.slf4j.LoggerFactory;

/** Authentication and authorization of a protected war room. */
@Timeout(120)
class AccessTest extends GuardedServer {

    @Test
    void refusesUnknownCallersExceptProbes() throws Exception {
        for (String route : server.paths()) {
            String path = route.replaceAll("\\{[^}]*}", "any");
            int expected = path.startsWith("/health/") ? 200 : 401;
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(expected);
            assertThat(answer.headers().map())
                    .as(path)
                    .containsKeys("content-security-policy", "x-content-type-options", "x-frame-options")
                    .containsEntry("referrer-policy", List.of("no-referrer"));
            HttpRequest head = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                    .method("HEAD", HttpRequest.BodyPublishers.noBody())
                    .build();
            assertThat(http.send(head, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .as("HEAD " + path)
                    .isEqualTo(expected);
        }
        assertThat(get("/wall").headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(asked -> assertThat(asked).startsWith("Basic"));
        assertThat(get("/api/v1/state", "Sec-Fetch-Mode", "cors").headers().firstValue("WWW-Authenticate"))
                .as("a script gets no login prompt")
                .isEmpty();
    }

    @Test
    void acceptsAUserOnlyWithTheRightPassword() throws Exception {
        assertThat(get("/wall", "Authorization", basic("ana", PASSWORD)).statusCode())
                .isEqualTo(200);
        assertThat(get("/api/v1/state", "Authorization", basic("ana", PASSWORD)).statusCode())
                .isEqualTo(200);
        for (String wrong : List.of(
                basic("ana", "correct horse"),
                basic("bob", PASSWORD),
                "Basic !!!",
                "Basic YW5h",
                "Basic",
                "Digest x",
                "Bearer " + PASSWORD)) {
            assertThat(get("/wall", "Authorization", wrong).statusCode())
                    .as(wrong)
                    .isEqualTo(401);
        }
    }

    @Test
    void acceptsAProgramOnlyWithItsToken() throws Exception {
        String token = access.addToken("report", Set.of(Role.VIEWER), false);
        later();
        assertThat(get("/api/v1/state", "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(200);
        assertThat(get("/api/v1/state", "Authorization", "Bearer " + token + "x")
                        .statusCode())
                .isEqualTo(401);
        assertThat(get("/wall?token=" + token).statusCode())
                .as("not a display's")
                .isEqualTo(401);
    }

    @Test
    void exchangesADisplaysTokenForACookieAndACleanAddress() throws Exception {
        String token = access.addToken("tv", Set.of(Role.VIEWER), true);
        later();
        HttpResponse<String> exchanged = get("/wall?mode=wall&token=" + token);
        assertThat(exchanged.statusCode()).isEqualTo(303);
        assertThat(exchanged.headers().firstValue("Location").orElseThrow())
                .endsWith("/wall?mode=wall")
                .doesNotContain(token);
        assertThat(exchanged.body()).doesNotContain("postponed", token);
        String cookie = exchanged.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/").doesNotContain("Secure");

        String sent = cookie.substring(0, cookie.indexOf(';'));
        assertThat(get("/wall", "Cookie", sent).statusCode()).isEqualTo(200);
        assertThat(get("/api/v1/state", "Cookie", sent).statusCode()).isEqualTo(200);
        assertThat(get("/wall", "Cookie", sent + "x").statusCode()).isEqualTo(401);
        assertThat(get("/wall?token=" + token + "x").statusCode()).isEqualTo(401);
        assertThat(get("/api/v1/state?token=" + token).statusCode())
                .as("only there")
                .isEqualTo(401);
        assertThat(get("/api/v1/state", "Authorization", "Bearer " + token).statusCode())
                .as("and not as a program")
                .isEqualTo(401);
    }

    @Test
    void forwardsADisplayFromALinkOnAnotherSiteWithAPage() throws Exception {
        String token = access.addToken("tv", Set.of(Role.VIEWER), true);
        later();
        HttpResponse<String> led =
                get("/wall?mode=%22%3E%3Cb%3E&speed=60x&token=" + token, "Sec-Fetch-Site", "cross-site");
        assertThat(led.statusCode()).isEqualTo(200);
        assertThat(led.headers().firstValue("Set-Cookie").orElseThrow()).contains(token, "HttpOnly");
        assertThat(led.headers().firstValue("Refresh")).contains("0; url=/wall?mode=%22%3E%3Cb%3E");
        assertThat(led.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(led.body()).doesNotContain(token, "speed", "<b>");
    }

    @Test
    void reportsEndedAccessToADisplayWithoutALoginPrompt() throws Exception {
        String token = access.addToken("tv", Set.of(Role.VIEWER), true);
        String cookie = "knockon-display=" + token;
        access.revoke("tv");
        later();
        HttpResponse<String> ended = get("/wall", "Cookie", cookie, "Sec-Fetch-Mode", "navigate");
        assertThat(ended.statusCode()).isEqualTo(401);
        assertThat(ended.body()).contains("ended");
        assertThat(ended.headers().firstValue("WWW-Authenticate")).isEmpty();
        assertThat(ended.headers().firstValue("Set-Cookie").orElseThrow())
                .contains("knockon-display=;", "Expires=Thu, 01 Jan 1970");
        assertThat(get("/wall?token=" + token, "Sec-Fetch-Mode", "navigate")
                        .headers()
                        .firstValue("WWW-Authenticate"))
                .isEmpty();
        for (int again = 0; again < 20; again++) {
            assertThat(get("/api/v1/state", "Cookie", cookie, "Sec-Fetch-Mode", "cors")
                            .statusCode())
                    .as("does not count as a guess")
                    .isEqualTo(401);
        }
    }

    @Test
    void endsAnOpenStreamWhoseAccessIsRevoked() throws Exception {
        String kept = "Bearer " + access.addToken("kept", Set.of(Role.VIEWER), false);
        String revoked = "Bearer " + access.addToken("revoked", Set.of(Role.VIEWER), false);
        later();
        try (InputStream stays = stream(kept).body();
                InputStream ends = stream(revoked).body()) {
            assertThat(access.revoke("revoked")).isTrue();
            later();
            assertThat(new String(ends.readAllBytes(), UTF_8)).endsWith("event: bye\ndata: {\"why\":\"access\"}\n\n");
            assertThat(get("/api/v1/state", "Authorization", revoked).statusCode())
                    .isEqualTo(401);
            assertThat(get("/api/v1/state", "Authorization", kept).statusCode()).isEqualTo(200);
            assertThat(stays.read()).isNotNegative();
        }
        assertThat(access.revoke("revoked")).isFalse();
    }

    @Test
    void revokesAllAccessWithoutTheFileAndKeepsItWhileTheFileIsInvalid() throws Exception {
        Path file = folder.resolve("access.json");
        for (String broken : List.of("{\"users\": [", "null", "[null]", "{\"users\": [null]}", "")) {
            Files.writeString(file, broken);
            later();
            assertThat(get("/wall", "Authorization", basic("ana", PASSWORD)).statusCode())
                    .as(broken)
                    .isEqualTo(200);
        }
        Files.delete(file);
        later();
        assertThat(get("/wall", "Authorization", basic("ana", PASSWORD)).statusCode())
                .isEqualTo(401);
    }

    @Test
    void logsNoSecrets() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        // The server's threads may log while the test reads the lines.
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        Level usual = root.getLevel();
        // The level of --verbose.
        root.setLevel(Level.INFO);
        root.addAppender(log);
        try {
            String token = access.addToken("tv", Set.of(Role.VIEWER), true);
            later();
            get("/wall?token=" + token);
            get("/wall?token=wrong-" + token);
            get("/wall", "Authorization", "Bearer " + token);
            get("/wall", "Authorization", basic("ana", PASSWORD));
            LoggerFactory.getLogger(AccessTest.class).error("the appender works");

            assertThat(log.list)
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line.getFormattedMessage())
                            .doesNotContain(token, PASSWORD, basic("ana", PASSWORD)));
        } finally {
            root.detachAppender(log);
            root.setLevel(usual);
        }
    }

    @Test
    void listensOnPublicAddressesOnlyWithAccessFileAndTls() {
        Optional<Path> file = Optional.of(folder.resolve("access.json"));
        assertThatThrownBy(() -> settings("0.0.0.0", Optional.empty(), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--access")
                .hasMessageNotContaining("--tls-cert");
        assertThatThrownBy(() -> settings("0.0.0.0", file, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--tls-cert")
                .hasMessageContaining("--behind-tls-proxy");
        assertThatCode(() -> settings("0.0.0.0", file, true)).doesNotThrowAnyException();
        assertThatThrownBy(() -> settings("127.0.0.1", Optional.empty(), true))
                .as("the proxy gives others access")
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--behind-tls-proxy")
                .hasMessageContaining("--access");
        assertThatCode(() -> settings("127.0.0.1", file, true)).doesNotThrowAnyException();
        assertThatCode(() -> settings("127.0.0.1", Optional.empty(), false)).doesNotThrowAnyException();
    }

    @Test
    void doesNotStartWithAnInvalidFile() throws Exception {
        Files.writeString(
                folder.resolve("access.json"),
                "{\"users\": [{\"name\": \"eve\", \"roles\": [\"viewer\"], \"password\": \"plain\"}]}");
        assertThatThrownBy(() -> WarRoomServer.start(
                        settings("127.0.0.1", Optional.of(folder.resolve("access.json")), false),
                        new FakeBoard(),
                        clock::get))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("eve")
                .hasMessageNotContaining("plain");
    }
}
