package org.knockon.systemtests.warroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;

/** Makes each thread of a running war room fail, and checks its health over HTTP. */
@ExtendWith(SharedSandbox.class)
@Timeout(180)
class DeadThreadsIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "knockon-board",
                "knockon-pipeline",
                "knockon-broker",
                "knockon-publisher",
                "knockon-connections",
                "knockon-live"
            })
    void isReportedAsDead(String thread, SharedSandbox.Place place) throws Exception {
        boolean exercise = thread.equals("knockon-live");
        String prefix = place.prefix() + (exercise ? "replay.run." : "");
        String[] servers = place.arguments();
        assertThat(CommandRun.of(place, "topics", "create", "--prefix", prefix).exitCode())
                .isZero();
        Process process = start(prefix, servers);
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String debugged = awaitLine(out, "Listening for transport").replaceFirst(".*: ", "");
            String address = awaitLine(out, "war room of").replaceFirst(".*(http://\\S+)/wall.*", "$1");
            awaitStatus(address, "/health/ready", 200, process);
            assertThat(get(address, "/health/live").statusCode()).isEqualTo(200);

            try (ThreadKiller killer = new ThreadKiller(debugged)) {
                killer.kill(thread);
            }

            awaitStatus(address, "/health/live", 503, process);
            if (process.isAlive()) {
                assertThat(get(address, "/health/live").body()).contains(thread);
                assertThat(get(address, "/health/ready").statusCode()).isEqualTo(503);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Process start(String prefix, String[] servers) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                KilledMain.class.getName(),
                "war-room",
                "--port",
                "0",
                "--prefix",
                prefix));
        command.addAll(List.of(servers));
        return new ProcessBuilder(command)
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private static String awaitLine(BufferedReader out, String beginning) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(beginning)) {
                return line;
            }
        }
        throw new AssertionError("the process ended before it printed " + beginning);
    }

    /** Waits for a status. Also returns if the process has exited, since it does not look alive then either. */
    private void awaitStatus(String address, String path, int status, Process process) {
        await(path + " is " + status)
                .atMost(TIMEOUT)
                .until(() -> !process.isAlive() || get(address, path).statusCode() == status);
    }

    private HttpResponse<String> get(String address, String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(address + path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
