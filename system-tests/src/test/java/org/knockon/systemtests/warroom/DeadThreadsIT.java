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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knockon.systemtests.ChildCommand;
import org.knockon.systemtests.CommandRun;
import org.knockon.systemtests.SharedSandbox;

/** Makes each thread of a running war room fail, and checks its health over HTTP. One JVM runs a war room for each. */
@ExtendWith(SharedSandbox.class)
@Timeout(180)
class DeadThreadsIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static Process process;
    private static BufferedReader out;
    private static ThreadKiller killer;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void startJvm(SharedSandbox.Place place, @TempDir Path folder) throws Exception {
        // Only an exercise has the thread that reads the live topics.
        String prefix = place.prefix() + "replay.run.";
        assertThat(CommandRun.of(place, "topics", "create", "--prefix", prefix).exitCode())
                .isZero();
        process = start(folder, prefix, place.arguments());
        out = process.inputReader(StandardCharsets.UTF_8);
        killer = new ThreadKiller(awaitLine("Listening for transport").replaceFirst(".*: ", ""));
        awaitLine("ready");
    }

    @AfterAll
    static void endJvm() throws InterruptedException {
        if (killer != null) {
            killer.close();
        }
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

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
    void isReportedAsDead(String thread) throws Exception {
        process.outputWriter(StandardCharsets.UTF_8).append(thread).append('\n').flush();
        String address = awaitLine(thread + ": war room of").replaceFirst(".*(http://\\S+)/wall.*", "$1");
        awaitStatus(address, "/health/ready", 200);
        assertThat(get(address, "/health/live").statusCode()).isEqualTo(200);

        killer.kill(thread, thread);

        awaitStatus(address, "/health/live", 503);
        assertThat(get(address, "/health/live").body()).contains(thread);
        assertThat(get(address, "/health/ready").statusCode()).isEqualTo(503);
    }

    private static Process start(Path folder, String prefix, String[] servers) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ChildCommand.QUICK_START);
        command.addAll(List.of(
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

    private static String awaitLine(String beginning) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(beginning)) {
                return line;
            }
        }
        throw new AssertionError("the process ended before it printed " + beginning);
    }

    private void awaitStatus(String address, String path, int status) {
        await(path + " is " + status)
                .atMost(TIMEOUT)
                .until(() -> get(address, path).statusCode() == status);
    }

    private HttpResponse<String> get(String address, String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(address + path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
