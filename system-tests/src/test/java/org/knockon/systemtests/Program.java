package org.knockon.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of somebody else that runs beside a test. What it prints is kept in a file. */
public final class Program implements AutoCloseable {

    private final Process process;
    private final Path output;

    private Program(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Skips the test, with a printed reason, if one of the programs is not installed. */
    public static void require(Class<?> test, String... names) {
        for (String name : names) {
            boolean found = List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
            if (!found) {
                skip(test, name + " is not installed");
            }
        }
    }

    public static void skip(Class<?> test, String reason) {
        System.err.println(test.getSimpleName() + " is skipped: " + reason);
        abort(reason);
    }

    public static Program start(Path folder, Map<String, String> environment, String... command) throws IOException {
        Path output = Files.createTempFile(folder, Path.of(command[0]).getFileName() + "-", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new Program(builder.start(), output);
    }

    /** Runs a program to its end and returns what it printed. */
    public static String run(Path folder, String... command) throws IOException, InterruptedException {
        try (Program program = start(folder, Map.of(), command)) {
            assertThat(program.process.waitFor(2, TimeUnit.MINUTES))
                    .as("%s ended", command[0])
                    .isTrue();
            assertThat(program.process.exitValue()).as(program.output()).isZero();
            return program.output();
        }
    }

    /** A port that nothing uses at this moment. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        kill();
    }

    /** Kills it with all that it started. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
