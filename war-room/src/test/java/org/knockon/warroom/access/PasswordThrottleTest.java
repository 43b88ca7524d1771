package org.knockon.warroom.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How many may wait while a password is checked. The test itself has the turn, as a check that takes long would. */
@Timeout(60)
class PasswordThrottleTest {

    /** Malformed, so that no test waits for a hash. */
    private static final String WRONG = "Basic !";

    @TempDir
    private Path folder;

    private final PasswordThrottle throttle = new PasswordThrottle(() -> 0);
    private final HttpClient http = HttpClient.newHttpClient();
    private Javalin javalin;

    @BeforeEach
    void start() throws Exception {
        Path path = folder.resolve("access.json");
        new AccessFile(path).addToken("tv", Set.of(Role.VIEWER), true);
        Authenticator callers = new Authenticator(new AccessFileWatcher(path, () -> 0));
        javalin = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.get(
                            "/{address}",
                            request -> throttle.check(
                                            request,
                                            request.pathParam("address"),
                                            request.header("Authorization"),
                                            callers)
                                    .ifPresentOrElse(caller -> request.result("accepted"), () -> request.status(401)));
                })
                .start("127.0.0.1", 0);
    }

    @AfterEach
    void stop() {
        javalin.stop();
    }

    @Test
    void letsOnlyAFewWait() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> responses;
        HttpResponse<?> first;
        occupyAllChecks();
        try {
            responses = IntStream.range(0, PasswordThrottle.MAX_WAITING + 8)
                    .mapToObj(i -> ask("address" + i, WRONG))
                    .toList();
            first = (HttpResponse<?>) CompletableFuture.anyOf(responses.toArray(new CompletableFuture<?>[0]))
                    .join();
        } finally {
            releaseAllChecks();
        }
        assertThat(first.statusCode()).isEqualTo(503);
        assertThat(first.headers().firstValue("Retry-After")).contains("5");
        assertThat(responses.stream().map(each -> each.join().statusCode()))
                .as("waiting requests get a response")
                .contains(401)
                .containsOnly(401, 503);
        assertThat(ask("one", WRONG).join().statusCode()).as("works as before").isEqualTo(401);
    }

    @Test
    void refusesAtOnceWhatWouldBeRefusedAnyway() throws Exception {
        for (int guess = 0; guess < PasswordThrottle.MAX_WRONG; guess++) {
            assertThat(ask("one", WRONG + guess).join().statusCode()).isEqualTo(401);
        }
        occupyAllChecks();
        try {
            HttpResponse<String> refused = ask("one", WRONG).join();
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).contains("60");
            assertThat(ask("one", WRONG + 0).join().statusCode())
                    .as("already known to be wrong")
                    .isEqualTo(401);
        } finally {
            releaseAllChecks();
        }
        assertThat(ask("other", WRONG).join().statusCode()).isEqualTo(401);
    }

    private void occupyAllChecks() throws InterruptedException {
        for (int i = 0; i < PasswordThrottle.CONCURRENT_CHECKS; i++) {
            assertThat(throttle.queue.await("test" + i, 0, Duration.ofSeconds(1)))
                    .isTrue();
        }
    }

    private void releaseAllChecks() {
        for (int i = 0; i < PasswordThrottle.CONCURRENT_CHECKS; i++) {
            throttle.queue.end("test" + i);
        }
    }

    private CompletableFuture<HttpResponse<String>> ask(String address, String password) {
        URI uri = URI.create("http://127.0.0.1:" + javalin.port() + "/" + address);
        return http.sendAsync(
                HttpRequest.newBuilder(uri).header("Authorization", password).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
