package org.knockon.systemtests.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.cli.Knockon;
import org.knockon.systemtests.ChildCommand;
import org.knockon.systemtests.CommandRun;

/** Commands that start other processes must leave none behind. */
@Timeout(300)
class InterruptIT {

    private static final int TIMEOUT_SECONDS = 60;

    @TempDir
    private Path folder;

    @Test
    void interruptedReplayLeavesNoProcessAndNoFolder() throws Exception {
        try (ChildCommand replay = ChildCommand.start(folder, "replay", "pas-outage-demo", "--speed", "60x")) {
            replay.awaitLine(line -> line.contains("% of ") && !line.contains(" 0% of"));
            List<ProcessHandle> children = replay.descendants();
            assertThat(children).as("broker and registry").hasSizeGreaterThanOrEqualTo(2);

            replay.interrupt();

            assertThat(replay.awaitExit(TIMEOUT_SECONDS)).isEqualTo(130);
            assertThat(children).noneMatch(ProcessHandle::isAlive);
            assertThat(replay.err()).as("no error from closing").doesNotContain("knockon:");
        }
        awaitFolders(left -> assertThat(left).isEmpty());
    }

    @Test
    void keptReplayStaysReadableUntilCtrlCAndKeepsItsData() throws Exception {
        try (ChildCommand replay = ChildCommand.start(folder, "replay", "pas-outage-demo", "--verify", "--keep")) {
            replay.awaitLine(line -> line.contains("equal the batch oracle"));
            String watch = replay.awaitLine(line -> line.contains("knockon watch"));
            replay.awaitLine(line -> line.equals("Ctrl-C stops it."));
            List<ProcessHandle> children = replay.descendants();

            String[] arguments = (watch.strip().replaceFirst("knockon ", "") + " --once").split(" ");
            var out = new java.io.StringWriter();
            int exitCode = Knockon.commandLine()
                    .setOut(new java.io.PrintWriter(out, true))
                    .execute(arguments);
            replay.interrupt();

            assertThat(exitCode).isZero();
            assertThat(out.toString()).contains("SYNTHETIC EXERCISE").containsPattern("postponed +[1-9]");
            assertThat(replay.awaitExit(TIMEOUT_SECONDS)).isEqualTo(130);
            assertThat(children).noneMatch(ProcessHandle::isAlive);
        }
        awaitFolders(left -> assertThat(left)
                .singleElement()
                .satisfies(kept -> assertThat(folder.resolve(kept))
                        .isDirectoryContaining("glob:**/broker")
                        .isDirectoryContaining("glob:**/streams")));
    }

    @Test
    void sandboxPrintsItsAddressesInOneLine() throws Exception {
        try (ChildCommand sandbox = ChildCommand.start(folder, "sandbox", "--output", "json")) {
            JsonNode addresses = CommandRun.parse(sandbox.awaitLine(line -> true));
            List<ProcessHandle> children = sandbox.descendants();
            int exitCode = Knockon.commandLine()
                    .setOut(new java.io.PrintWriter(new java.io.StringWriter()))
                    .execute(
                            "topics",
                            "create",
                            "--bootstrap-server",
                            addresses.get("bootstrapServers").textValue(),
                            "--schema-registry-url",
                            addresses.get("schemaRegistryUrl").textValue());
            sandbox.interrupt();

            assertThat(addresses.properties()).hasSize(2);
            assertThat(exitCode).isZero();
            assertThat(sandbox.awaitExit(TIMEOUT_SECONDS)).isEqualTo(130);
            assertThat(sandbox.rest()).isEmpty();
            assertThat(children).noneMatch(ProcessHandle::isAlive);
        }
        awaitFolders(left -> assertThat(left).isEmpty());
    }

    @Test
    void namesAPortInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ChildCommand sandbox =
                        ChildCommand.start(folder, "sandbox", "--port", Integer.toString(taken.getLocalPort()))) {
            assertThat(sandbox.awaitExit(TIMEOUT_SECONDS)).isEqualTo(4);
            assertThat(sandbox.err()).contains(Integer.toString(taken.getLocalPort()), "What to do:");
        }
    }

    /** Waits, because some processes clean up after their parent exits. */
    private void awaitFolders(ThrowingConsumer<List<String>> expected) {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> expected.accept(folders()));
    }

    private List<String> folders() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith("knockon"))
                    .toList();
        }
    }
}
