package org.knockon.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knockon.sandbox.Sandbox;
import org.knockon.streams.app.FatalErrors;

/** What a supervisor reads of a process that has lost a thread, its broker or its state. */
@ExtendWith(SharedSandbox.class)
@Timeout(300)
class HealthIT {

    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final int port = freePort();
    private final int debugPort = freePort();
    private Sandbox sandbox;
    private RealPipeline pipeline;
    private Process app;

    @BeforeEach
    void startPipeline(Sandbox shared) {
        sandbox = shared;
        pipeline = new RealPipeline(sandbox, folder.resolve("state"), PARTITIONS);
    }

    @AfterEach
    void stopPipeline() throws InterruptedException {
        if (app != null) {
            app.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        pipeline.close();
    }

    @Test
    void aFailedThreadEndsLivenessAndIsNamed() throws Exception {
        start(Map.of());
        await("/health/ready", response -> response.statusCode() == 200);
        try (ThreadKiller killer = ThreadKiller.attach(debugPort);
                Socket slow = new Socket("127.0.0.1", port)) {
            // The thread of the last request may take a moment to end.
            killer.awaitNone("knockon-health-");
            slow.getOutputStream().write("GET /health/live HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
            String serving = killer.await("knockon-health-");
            killer.kill(serving, StreamsAppProcess.class, "FAULT");
            slow.getOutputStream().write("Host: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            for (String thread :
                    List.of(serving, "knockon-input-progress", "knockon-progress-report", "knockon-broker-watch")) {
                if (!thread.equals(serving)) {
                    killer.kill(thread, StreamsAppProcess.class, "FAULT");
                }
                HttpResponse<String> live =
                        await("/health/live", response -> response.body().contains(thread));
                assertThat(live.statusCode()).isEqualTo(503);
                assertThat(live.body())
                        .contains("\"status\":\"DOWN\"", "thread " + thread + " has ended with java.lang.Error");
                assertThat(get("/health/ready").statusCode()).isEqualTo(503);
                assertThat(log()).contains("thread " + thread + " has ended with an exception");
            }
            assertThat(killer.threads().stream()
                            .filter(name -> name.startsWith("knockon-"))
                            .filter(name -> !name.startsWith("knockon-health-")))
                    .as("every thread of ours was tested")
                    .isEmpty();
        }
    }

    @Test
    void aFailedStreamThreadEndsTheApp() throws Exception {
        start(Map.of());
        await("/health/ready", response -> response.statusCode() == 200);
        try (ThreadKiller killer = ThreadKiller.attach(debugPort)) {
            String thread = killer.threads().stream()
                    .filter(name -> name.endsWith("StreamThread-1"))
                    .findFirst()
                    .orElseThrow();
            killer.kill(thread, StreamsAppProcess.class, "FAULT");

            HttpResponse<String> live = await("/health/live", response -> response.statusCode() == 503);
            assertThat(live.body()).contains("\"status\":\"DOWN\"", "StreamThread-1", "java.lang.Error");
        }
        assertThat(log()).contains("the streams app stops");
    }

    /** An OutOfMemoryError is such an error. */
    @ParameterizedTest
    @ValueSource(strings = {"knockon-input-progress", "StreamThread-1"})
    void anErrorOfTheJvmEndsTheProcess(String thread) throws Exception {
        start(Map.of());
        await("/health/ready", response -> response.statusCode() == 200);
        try (ThreadKiller killer = ThreadKiller.attach(debugPort)) {
            String whole = killer.threads().stream()
                    .filter(name -> name.endsWith(thread))
                    .findFirst()
                    .orElseThrow();
            killer.kill(whole, StreamsAppProcess.class, "FATAL");
        }

        assertThat(app.waitFor(30, TimeUnit.SECONDS)).as("process has ended").isTrue();
        assertThat(app.exitValue()).isEqualTo(FatalErrors.EXIT_CODE);
        assertThat(log()).contains("the process ends: thread ", thread, "java.lang.InternalError");
    }

    /** A stopped process keeps its connections open, like a machine that has lost power. */
    @Test
    void isNotReadyWhileNoBrokerResponds() throws Exception {
        start(Map.of());
        await("/health/ready", response -> response.statusCode() == 200);
        long stopped = System.nanoTime();
        signal("STOP", sandbox.brokerPid());
        try {
            HttpResponse<String> away = await("/health/ready", response -> response.statusCode() == 503);
            Duration after = Duration.ofNanos(System.nanoTime() - stopped);
            assertThat(away.body()).contains("\"status\":\"DOWN\"", "no broker has answered for 1");
            assertThat(after).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(20));
            assertThat(get("/health/live").statusCode())
                    .as("a restart would not help")
                    .isEqualTo(200);
        } finally {
            signal("CONT", sandbox.brokerPid());
        }
        HttpResponse<String> back = await("/health/ready", response -> response.statusCode() == 200);
        assertThat(back.body()).contains("\"status\":\"UP\"");
    }

    @Test
    void isNotReadyWhileItRestores() throws Exception {
        // One record at a time, so that restoring takes long enough to be seen. The instance name is lost with the
        // folder, so
        // the old session has to end soon.
        Map<String, Object> client = Map.of(
                StreamsConfig.restoreConsumerPrefix("max.poll.records"),
                1,
                StreamsConfig.mainConsumerPrefix("session.timeout.ms"),
                6_000);
        start(client);
        ManyWorlds.inOrder(7_700, 3).forEach(pipeline::send);
        pipeline.flush();
        await("/health/ready", response -> response.body().contains("\"pending\":0") && records(response) > 500);
        app.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        deleteRecursively(folder.resolve("state"));

        start(client);
        HttpResponse<String> restoring =
                await("/health/ready", response -> response.body().contains("\"reason\":\"restoring the state of "));
        assertThat(restoring.statusCode()).isEqualTo(503);
        HttpResponse<String> ready = await("/health/ready", response -> response.statusCode() == 200);
        assertThat(ready.body()).contains("\"restoring\":0", "\"state\":\"RUNNING\"");
    }

    private void start(Map<String, Object> client) throws IOException {
        Map<String, Object> clients = new HashMap<>(client);
        pipeline.client().forEach(clients::putIfAbsent);
        app = StreamsAppProcess.start(
                List.of("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + debugPort),
                clients,
                pipeline.settingsAsText(Map.of("http.port", Integer.toString(port))),
                folder.resolve("app.log"));
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("app.log"));
    }

    private HttpResponse<String> await(String path, Predicate<HttpResponse<String>> wanted) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String last = "no response";
        while (System.nanoTime() - deadline < 0) {
            assertThat(app.isAlive()).as(() -> "is running; " + logOr()).isTrue();
            try {
                HttpResponse<String> response = get(path);
                if (wanted.test(response)) {
                    return response;
                }
                last = response.body();
            } catch (ConnectException notYet) {
                last = notYet.toString();
            }
            Thread.sleep(50);
        }
        throw new AssertionError(path + " last returned " + last + "\n" + log());
    }

    private String logOr() {
        try {
            return log();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(5))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static long records(HttpResponse<String> response) {
        return Long.parseLong(response.body().replaceFirst("(?s).*\"records\":(\\d+).*", "$1"));
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    }

    private static void deleteRecursively(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
