package org.knockon.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.knockon.cli.Knockon;

/** A command in its own JVM, so that a test can stop it as a user at a terminal does. */
public final class ChildCommand implements AutoCloseable {

    /** A test ends before code of the optimizing compiler would pay: half the CPU of a start, as in decision 4. */
    public static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final Process process;
    private final BufferedReader out;
    private final Path err;

    private ChildCommand(Process process, Path err) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        this.err = err;
    }

    /** @param folder for temporary files and for the file that captures standard error */
    public static ChildCommand start(Path folder, String... arguments) throws IOException {
        return start(folder, List.of(), arguments);
    }

    /** @param jvm JVM options */
    public static ChildCommand start(Path folder, List<String> jvm, String... arguments) throws IOException {
        return start(folder, jvm, Map.of(), arguments);
    }

    /** @param environment variables in addition to those of this JVM */
    public static ChildCommand start(
            Path folder, List<String> jvm, Map<String, String> environment, String... arguments) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>();
        if (interruptIsIgnored()) {
            // A background job of a script ignores Ctrl-C, and its child processes inherit that.
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.addAll(List.of(java.toString(), "-Djava.io.tmpdir=" + folder));
        command.addAll(QUICK_START);
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Knockon.class.getName()));
        command.addAll(List.of(arguments));
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().putAll(environment);
        return new ChildCommand(builder.start(), err);
    }

    /** Reads standard output up to the first line that matches, and returns that line. */
    public String awaitLine(Predicate<String> matches) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (matches.test(line)) {
                return line;
            }
        }
        throw new AssertionError("the command ended with exit code "
                + process.onExit().join().exitValue() + "; standard error: " + Files.readString(err));
    }

    /** Returns the remaining lines of standard output. Blocks until the command ends. */
    public List<String> rest() {
        return out.lines().toList();
    }

    /** Returns all processes started by the command that are still running. */
    public List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    /** Sends SIGINT, as Ctrl-C does. */
    public void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** Kills the process, as {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
    }

    public int awaitExit(long seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new AssertionError("still running after " + seconds + " s");
        }
        return process.exitValue();
    }

    /** Waits until standard error contains a text. */
    public void awaitErr(String text) throws IOException {
        await().atMost(Duration.ofSeconds(60)).until(() -> err().contains(text) || !process.isAlive());
        assertThat(err()).contains(text);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String err() throws IOException {
        return Files.readString(err);
    }

    @Override
    public void close() {
        kill();
    }

    private static boolean interruptIsIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }
}
