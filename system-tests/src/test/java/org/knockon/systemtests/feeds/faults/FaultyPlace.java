package org.knockon.systemtests.feeds.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.knockon.sandbox.Sandbox;
import org.knockon.systemtests.ChildCommand;

/** The two things that fail: {@code ingest}, which is killed and started again, and the broker. */
final class FaultyPlace implements AutoCloseable {

    private static final int LONGEST_START_SECONDS = 120;

    private final Sandbox sandbox;
    private final Path folder;
    private final String[] arguments;
    private final List<ChildCommand> started = new ArrayList<>();

    /** @param arguments those of {@code ingest}, with {@code --output json} */
    FaultyPlace(Sandbox sandbox, Path folder, String... arguments) {
        this.sandbox = sandbox;
        this.folder = folder;
        this.arguments = arguments.clone();
    }

    /** Returns once the feeds are open. */
    void startIngest() throws Exception {
        ChildCommand ingest =
                ChildCommand.start(Files.createDirectory(folder.resolve("ingest-" + started.size())), arguments);
        started.add(ingest);
        CompletableFuture.supplyAsync(() -> readyLine(ingest)).get(LONGEST_START_SECONDS, TimeUnit.SECONDS);
    }

    private static String readyLine(ChildCommand ingest) {
        try {
            return ingest.awaitLine(line -> line.startsWith("{\"http\":"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** As {@code kill -9}. */
    void killIngest() throws InterruptedException {
        ChildCommand ingest = running();
        assertThat(ingest.isAlive()).as("ingest runs until it is killed").isTrue();
        ingest.kill();
        assertThat(ingest.awaitExit(10)).as("exit code after SIGKILL").isEqualTo(137);
        assertThat(ingest.isAlive()).isFalse();
    }

    void stopIngest() throws IOException, InterruptedException {
        running().interrupt();
        assertThat(running().awaitExit(30)).isEqualTo(130);
    }

    private ChildCommand running() {
        return started.get(started.size() - 1);
    }

    /** The broker ends at once and starts again with its data. */
    void restartBroker() throws InterruptedException {
        long before = sandbox.brokerPid();
        sandbox.restartBroker();
        assertThat(sandbox.brokerPid()).isNotEqualTo(before);
    }

    /** The broker keeps its connections and does nothing. */
    void holdBroker(long millis) throws IOException, InterruptedException {
        signal("STOP");
        try {
            Thread.sleep(millis);
        } finally {
            signal("CONT");
        }
    }

    private void signal(String name) throws IOException, InterruptedException {
        int exitCode = new ProcessBuilder("kill", "-" + name, Long.toString(sandbox.brokerPid()))
                .start()
                .waitFor();
        assertThat(exitCode).as("kill -" + name).isZero();
    }

    /** Standard error of all that were started. */
    String log() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path each : files.filter(file -> file.getFileName().toString().startsWith("ingest-"))
                    .sorted()
                    .toList()) {
                all.append(Files.readString(each.resolve("err"), UTF_8));
            }
        }
        return all.toString();
    }

    @Override
    public void close() {
        started.forEach(ChildCommand::close);
    }
}
