package org.knockon.systemtests.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.systemtests.ChildCommand;

/** The broker of a replay does not answer for a while. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class BrokerPauseIT {

    private final ExecutorService background = Executors.newSingleThreadExecutor();
    private ChildCommand interrupted;
    private Future<Ended> end;

    @TempDir
    private static Path folder;

    private record Ended(int exitCode, String err) {}

    /** The command waits more than a minute for a broker that does not answer. The other test runs meanwhile. */
    @BeforeAll
    void interruptOneReplay() throws IOException {
        interrupted = ChildCommand.start(
                Files.createDirectory(folder.resolve("interrupted")),
                "replay",
                "pas-outage-demo",
                "--speed",
                "2000x",
                "--no-war-room");
        end = background.submit(() -> interruptWhileTheBrokerIsSilent(interrupted));
    }

    @AfterAll
    void stop() {
        interrupted.close();
        background.shutdownNow();
    }

    /** The replayer's requests time out after two seconds; those of the streams app are as patient as always. */
    @Test
    void theReplayWaitsForTheBrokerAndLosesNothing() throws Exception {
        Path impatient = Files.writeString(
                folder.resolve("client.properties"), "max.block.ms=2000\nproducer.max.block.ms=60000\n");
        try (ChildCommand replay = ChildCommand.start(
                Files.createDirectory(folder.resolve("waits")),
                "replay",
                "pas-outage-demo",
                "--speed",
                "2000x",
                "--verify",
                "--no-war-room",
                "--command-config",
                impatient.toString())) {
            ProcessHandle broker = awaitBroker(replay);
            signal(broker, "STOP");
            try {
                assertThat(replay.awaitLine(line -> line.contains("waiting for the broker")))
                        .contains("SYNTHETIC EXERCISE");
            } finally {
                signal(broker, "CONT");
            }
            replay.awaitLine(line -> line.contains("equal the batch oracle"));

            assertThat(replay.awaitExit(60)).isZero();
            assertThat(replay.err()).doesNotContain("IllegalStateException", "knockon:");
        }
    }

    /** Ctrl-C while the broker does not answer: the replayer gives up, without a stack trace. */
    @Test
    void ctrlCEndsTheWait() throws Exception {
        Ended replay = end.get();

        assertThat(replay.exitCode()).isEqualTo(130);
        assertThat(replay.err()).doesNotContain("IllegalStateException", "\tat ");
    }

    private static Ended interruptWhileTheBrokerIsSilent(ChildCommand replay) throws IOException, InterruptedException {
        ProcessHandle broker = awaitBroker(replay);
        signal(broker, "STOP");
        try {
            replay.awaitLine(line -> line.contains("waiting for the broker"));
            replay.interrupt();
            return new Ended(replay.awaitExit(120), replay.err());
        } finally {
            signal(broker, "CONT");
        }
    }

    /** Waits until the replay has begun. */
    private static ProcessHandle awaitBroker(ChildCommand replay) throws IOException {
        replay.awaitLine(line -> line.contains("% of 1,") && !line.contains(" 0% of"));
        for (ProcessHandle process : replay.descendants()) {
            // The sandbox gives each server a file with its arguments.
            if (process.info().commandLine().orElse("").contains("broker.args")) {
                return process;
            }
        }
        throw new AssertionError("the replay has no broker");
    }

    private static void signal(ProcessHandle process, String signal) throws IOException, InterruptedException {
        int exitCode = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        assertThat(exitCode).as("kill -" + signal).isIn(0, 1);
    }
}
