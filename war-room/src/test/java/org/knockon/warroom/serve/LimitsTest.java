package org.knockon.warroom.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.access.Role;

/** Limits on passwords, requests and streams. */
@Timeout(120)
class LimitsTest extends GuardedServer {

    @Test
    void rejectsPasswordsForAMinuteAfterTooManyWrongOnes() throws Exception {
        for (int guess = 0; guess < 10; guess++) {
            assertThat(get("/wall", "Authorization", basic("ana", "guess " + guess))
                            .statusCode())
                    .isEqualTo(401);
        }
        HttpResponse<String> refused = get("/wall", "Authorization", basic("ana", PASSWORD));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("60");

        String right = "Bearer " + access.addToken("report", Set.of(Role.VIEWER), false);
        later();
        assertThat(get("/wall", "Authorization", right).statusCode())
                .as("a token cannot be guessed and is not locked out")
                .isEqualTo(200);
        clock.addAndGet(60_000);
        assertThat(get("/wall", "Authorization", basic("ana", PASSWORD)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void doesNotCountTokensAsGuesses() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(get("/wall?token=wrong" + i, "Sec-Fetch-Site", "cross-site")
                            .statusCode())
                    .as("an image on another site")
                    .isEqualTo(401);
            assertThat(get("/api/v1/state", "Authorization", "Bearer wrong" + i).statusCode())
                    .isEqualTo(401);
        }
        assertThat(get("/wall", "Authorization", basic("ana", PASSWORD)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void countsARepeatedOldPasswordOnce() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(get("/wall", "Authorization", basic("bob", "old")).statusCode())
                    .isEqualTo(401);
        }
        assertThat(get("/wall", "Authorization", basic("ana", PASSWORD)).statusCode())
                .isEqualTo(200);
        access.addUser("bob", Set.of(Role.VIEWER), "old".toCharArray());
        later();
        assertThat(get("/wall", "Authorization", basic("bob", "old")).statusCode())
                .as("now it is valid")
                .isEqualTo(200);
    }

    @Test
    void checksConcurrentGuessesOneAfterTheOther() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> guesses = IntStream.range(0, 16)
                .mapToObj(guess -> http.sendAsync(
                        request("/wall", "Authorization", basic("ana", "wrong " + guess)),
                        HttpResponse.BodyHandlers.ofString()))
                .toList();
        List<Integer> answers =
                guesses.stream().map(guess -> guess.join().statusCode()).toList();
        assertThat(answers.stream().filter(answer -> answer == 401)).hasSizeLessThanOrEqualTo(10);
        assertThat(answers.stream().filter(answer -> answer == 429)).hasSizeGreaterThanOrEqualTo(6);
    }

    @Test
    void limitsRequestsOfOneAddress() throws Exception {
        for (int i = 0; i < 1_200; i++) {
            assertThat(get("/assets/app.js").statusCode())
                    .as("files of the page are not counted")
                    .isEqualTo(401);
            assertThat(get("/api/v1/me").statusCode()).isEqualTo(401);
        }
        HttpResponse<String> refused = get("/api/v1/me");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("60");
        assertThat(get("/health/live").statusCode()).as("a probe is accepted").isEqualTo(200);
        clock.addAndGet(60_000);
        assertThat(get("/api/v1/me").statusCode()).isEqualTo(401);
    }

    @Test
    void limitsStreamsOfOneCaller() throws Exception {
        String one = "Bearer " + access.addToken("one", Set.of(Role.VIEWER), false);
        String other = "Bearer " + access.addToken("other", Set.of(Role.VIEWER), false);
        later();
        List<InputStream> open = new ArrayList<>();
        try {
            for (int i = 0; i < Publisher.MAX_PER_CALLER; i++) {
                HttpResponse<InputStream> stream = stream(one);
                assertThat(stream.statusCode()).isEqualTo(200);
                open.add(stream.body());
                assertThat(stream.body().read()).as("it has started").isNotNegative();
            }
            HttpResponse<InputStream> refused = stream(one);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).contains("60");
            HttpResponse<InputStream> others = stream(other);
            assertThat(others.statusCode()).isEqualTo(200);
            open.add(others.body());
        } finally {
            for (InputStream stream : open) {
                stream.close();
            }
        }
    }

    @Test
    void usesOnlyTheAddressFromTheProxyItself() throws Exception {
        WarRoomSettings behind = settings("127.0.0.1", Optional.of(folder.resolve("access.json")), true);
        try (WarRoomServer proxied = WarRoomServer.start(behind, new FakeBoard(), clock::get)) {
            server.close();
            server = proxied;
            for (int guess = 0; guess < 10; guess++) {
                String port = guess % 2 == 0 ? "" : ":5000" + guess;
                get("/wall", "Authorization", "Basic !" + guess, "X-Forwarded-For", guess + ".1.1.1, 10.0.0.7" + port);
            }
            assertThat(get("/wall", "Authorization", "Basic !", "X-Forwarded-For", "10.0.0.7")
                            .statusCode())
                    .isEqualTo(429);
            assertThat(get(
                                    "/wall",
                                    "Authorization",
                                    "Basic !",
                                    "X-Forwarded-For",
                                    "10.0.0.8",
                                    "X-Forwarded-For",
                                    "10.0.0.7")
                            .statusCode())
                    .as("the proxy's own line is the last")
                    .isEqualTo(429);
            HttpResponse<String> other = get("/wall", "Authorization", "Basic !", "X-Forwarded-For", "10.0.0.8");
            assertThat(other.statusCode()).isEqualTo(401);
            assertThat(other.headers().firstValue("Strict-Transport-Security")).isPresent();
        }
    }
}
