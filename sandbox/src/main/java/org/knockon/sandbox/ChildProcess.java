package org.knockon.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.knockon.sandbox.SandboxException.Problem;

/** A Java process in a folder of its own that ends when its standard input does; see {@link Lifeline}. */
final class ChildProcess implements AutoCloseable {
    static final String PARENT_PROPERTY = "knockon.sandbox.parent";
    static final String TEMPORARY_PROPERTY = "knockon.sandbox.temporary";

    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);
    private static final int QUOTED_LINES = 15;
    private static final Set<String> INHERITED = Set.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH");

    /**
     * Ctrl-C reaches every process of a terminal's group at once; the broker must outlast the programs that use it, so signals of the
     * terminal are ignored (a JVM leaves ignored signals alone). The JVM takes the shell's place and its process id.
     */
    private static final String IGNORE_TERMINAL = "trap '' INT HUP; exec \"$@\"";

    private final String name;
    private final Path log;
    private final Process process;

    private ChildProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts a process; it is not ready yet.
     *
     * @param name for messages and the log file: {@code broker}
     * @param folder the folder it runs in
     * @param temporary whether it deletes the folder when it ends
     * @param jvm flags and system properties
     * @param classPath entries, relative ones to {@code folder}
     * @param main the main class, and its arguments
     */
    static ChildProcess start(
            String name, Path folder, boolean temporary, List<String> jvm, List<String> classPath, List<String> main) {
        Path log = folder.resolve(name + ".log");
        List<String> arguments = new ArrayList<>(jvm);
        arguments.add("-D" + PARENT_PROPERTY + "=" + ProcessHandle.current().pid());
        if (temporary) {
            arguments.add("-D" + TEMPORARY_PROPERTY + "=" + folder);
        }
        // The default is the shared one, where a killed process would leave its unpacked native libraries behind.
        arguments.add("-Djava.io.tmpdir=" + folder.resolve("tmp"));
        arguments.add("-classpath");
        arguments.add(String.join(File.pathSeparator, classPath));
        arguments.addAll(main);
        try {
            Files.createDirectories(folder.resolve("tmp"));
            Path argumentFile = folder.resolve(name + ".args");
            // A file, because a class path may be longer than the system lets an argument be.
            Files.write(
                    argumentFile,
                    arguments.stream().map(ChildProcess::quote).toList(),
                    Charset.forName(System.getProperty("native.encoding")));
            ProcessBuilder builder = new ProcessBuilder(
                            "/bin/sh", "-c", IGNORE_TERMINAL, "sh", java().toString(), "@" + argumentFile)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            // Apicurio and Kafka read settings from the environment; the user's are meant for others.
            builder.environment().keySet().retainAll(INHERITED);
            // glibc keeps an arena per thread otherwise, tens of MB in a process with this many threads.
            builder.environment().put("MALLOC_ARENA_MAX", "2");
            return new ChildProcess(name, log, builder.start());
        } catch (IOException e) {
            throw new SandboxException(
                    Problem.FOLDER,
                    "The " + name + " could not be started in " + folder + ": " + e.getMessage(),
                    "make sure that the folder is writable and its disk is not full, or choose another folder.",
                    e);
        }
    }

    /** The process id. */
    long pid() {
        return process.pid();
    }

    /** Returns once {@code ready} holds; if the process ends before, or is not ready in time, it is stopped and its last lines are quoted. */
    void awaitReady(BooleanSupplier ready, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!ready.getAsBoolean()) {
            if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failure("The " + name + " ended with exit code " + process.exitValue() + " before it was ready.");
            }
            if (System.nanoTime() > deadline) {
                close();
                throw failure("The " + name + " was not ready within " + timeout.toSeconds() + " s.");
            }
        }
    }

    private SandboxException failure(String what) {
        return new SandboxException(
                Problem.PROCESS,
                what + " Its last lines:" + System.lineSeparator() + lastLines(),
                "look at these lines and at " + log + "; if the machine is busy or short of memory, free some and try again.");
    }

    /** The end of the log, indented. */
    String lastLines() {
        Deque<String> last = new ArrayDeque<>();
        try (Stream<String> lines = Files.lines(log, Charset.forName(System.getProperty("native.encoding")))) {
            lines.forEach(line -> {
                last.addLast("    " + line);
                if (last.size() > QUOTED_LINES) {
                    last.removeFirst();
                }
            });
        } catch (IOException | java.io.UncheckedIOException unreadable) {
            last.addLast("    (" + log + " cannot be read: " + unreadable.getMessage() + ")");
        }
        return String.join(System.lineSeparator(), last);
    }

    /** Asks the process to end; {@link #close()} waits for it. */
    void stop() {
        try {
            process.getOutputStream().close();
        } catch (IOException closedAlready) {
            // The process is gone.
        }
    }

    /** Ends the process and waits until it is gone, by force if it takes too long. */
    @Override
    public void close() {
        stop();
        try {
            if (!process.waitFor(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private static String quote(String argument) {
        return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
