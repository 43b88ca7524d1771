package org.knockon.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starts the app where the folder for temporary files does not allow programs, as Docker's tmpfs by default. */
@Timeout(120)
class NoexecIT {

    @TempDir
    Path folder;

    private Path mounted;

    @AfterEach
    void unmount() throws Exception {
        if (mounted != null) {
            run("umount", mounted.toString());
        }
    }

    @Test
    void theAppEndsAtOnceAndSaysWhatToDo() throws Exception {
        Path noexec = Files.createDirectory(folder.resolve("noexec"));
        String problem = run("mount", "-t", "tmpfs", "-o", "noexec,size=64m", "tmpfs", noexec.toString());
        if (!problem.isEmpty()) {
            System.out.println("NoexecIT is skipped: mounting a tmpfs needs root: " + problem);
            abort("mounting a tmpfs needs root: " + problem);
        }
        mounted = noexec;

        assertThat(start("-Djava.io.tmpdir=" + noexec, Map.of()))
                .contains(
                        "SettingsException: RocksDB cannot load its native library from " + noexec + ", which must be")
                .contains("set the environment variable ROCKSDB_SHAREDLIB_DIR")
                .doesNotContain("StreamThread");
        Path exec = Files.createDirectory(folder.resolve("exec"));
        assertThat(start("-Djava.io.tmpdir=" + noexec, Map.of("ROCKSDB_SHAREDLIB_DIR", exec.toString())))
                .as("with the advice followed it fails for lack of a broker only")
                .doesNotContain("RocksDB cannot load")
                .contains("No resolvable bootstrap urls");
    }

    /** Returns what the app prints; it ends because of the library or, after that, because of the broker. */
    private String start(String temporary, Map<String, String> environment) throws Exception {
        Path log = Files.createTempFile(folder, "app", ".log");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        StreamsAppProcess.class.getName(),
                        "client.bootstrap.servers=no.such.host.invalid:9092",
                        "client.schema.registry.url=http://127.0.0.1:1",
                        "ours.http.port=-1",
                        "ours.state.dir=" + folder.resolve("state")))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process app = builder.start();
        try {
            assertThat(app.waitFor(60, TimeUnit.SECONDS)).as("has ended").isTrue();
        } finally {
            app.destroyForcibly();
        }
        return Files.readString(log);
    }

    /** Returns what a failed command printed; empty if it worked. */
    private static String run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            return process.waitFor() == 0 ? "" : output.strip() + " ";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
