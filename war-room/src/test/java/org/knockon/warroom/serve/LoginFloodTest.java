package org.knockon.warroom.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.warroom.access.AccessFile;
import org.knockon.warroom.access.Role;

/** Wrong passwords from one address or from many, while a user logs in for the first time. */
@Timeout(120)
class LoginFloodTest {

    private static final Duration SOON = Duration.ofSeconds(2);

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Set<Integer> answers = ConcurrentHashMap.newKeySet();
    private final ExecutorService flood = Executors.newCachedThreadPool();
    private AccessFile access;
    private WarRoomServer server;
    private Duration alone;

    @BeforeEach
    void start() throws Exception {
        access = new AccessFile(folder.resolve("access.json"));
        access.addUser("first", Set.of(Role.VIEWER), GuardedServer.PASSWORD.toCharArray());
        for (int i = 0; i < 4; i++) {
            access.addUser("user" + i, Set.of(Role.VIEWER), GuardedServer.PASSWORD.toCharArray());
        }
        server = WarRoomServer.start(
                GuardedServer.settings("127.0.0.1", Optional.of(folder.resolve("access.json")), true),
                new FakeBoard(),
                System::currentTimeMillis);
        alone = timed("first", "192.0.2.1");
    }

    @AfterEach
    void stop() {
        flood.shutdownNow();
        server.close();
    }

    @Test
    void acceptsAUserDuringAFloodFromOneAddress() throws Exception {
        flood(12, guess -> "198.51.100.1");
        logIn();
    }

    /**
     * Addresses without a wrong password go first as well, so there is no upper limit for the wait:
     * docs/known-limits.md.
     */
    @Test
    void acceptsAUserDuringAFloodFromManyAddresses() throws Exception {
        flood(24, guess -> "198.51.100." + guess % 60);
        for (int i = 0; i < 3; i++) {
            Thread.sleep(1_500);
            timed("user" + i, "192.0.2." + (10 + i));
        }
        assertThat(answers).isNotEmpty().doesNotContain(200);
    }

    private void logIn() throws Exception {
        Duration longest = Duration.ZERO;
        for (int i = 0; i < 3; i++) {
            Thread.sleep(1_500);
            longest = longer(longest, timed("user" + i, "192.0.2." + (10 + i)));
        }
        assertThat(answers).isNotEmpty().doesNotContain(200);
        flood.shutdownNow();
        // On a busy machine even a single check takes long; two checks take at least twice that.
        Duration after = timed("user3", "192.0.2.20");
        assertThat(longest)
                .as("without the flood it took %s before and %s after", alone, after)
                .isLessThan(longer(SOON, longer(alone, after).multipliedBy(4)));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private void flood(int threads, java.util.function.IntFunction<String> address) {
        AtomicInteger guesses = new AtomicInteger();
        for (int i = 0; i < threads; i++) {
            CompletableFuture.runAsync(
                    () -> {
                        while (!Thread.currentThread().isInterrupted()) {
                            int guess = guesses.incrementAndGet();
                            try {
                                answers.add(ask("first", "wrong" + guess, address.apply(guess)));
                            } catch (Exception e) {
                                return;
                            }
                        }
                    },
                    flood);
        }
    }

    private Duration timed(String user, String address) throws Exception {
        long begun = System.nanoTime();
        assertThat(ask(user, GuardedServer.PASSWORD, address)).isEqualTo(200);
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private int ask(String user, String password, String address) throws Exception {
        String credentials = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/v1/me"))
                                .header("Authorization", "Basic " + credentials)
                                .header("X-Forwarded-For", address)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
