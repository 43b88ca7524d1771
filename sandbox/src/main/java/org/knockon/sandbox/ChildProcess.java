package org.knockon.sandbox;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.knockon.sandbox.SandboxException.Problem;

/** A Java process in a folder of its own that ends when its standard input does; see {@link Lifeline}. */
final class ChildProcess implements AutoCloseable {
    /** What the system's programs read and write. */
    static final Charset NATIVE = Charset.forName(System.getProperty("native.encoding"));

    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);
    private static final Duration LONGEST_WAIT_FOR_FOLDER = Duration.ofSeconds(20);
    private static final int QUOTED_BYTES = 3_000;
    private static final String NO_SPACE = "No space left on device";
    private static final Set<String> INHERITED = Set.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH");

    /**
     * Ctrl-C, and a job control's SIGTERM, reach every process of a group at once, but the broker must outlast the programs that use
     * it, and somebody must delete the folder: so these signals are ignored (a JVM leaves ignored signals alone). The JVM takes the
     * shell's place and process id.
     */
    private static final String IGNORE_SIGNALS_TO_GROUP = "trap '' INT HUP TERM; exec \"$@\"";

    private final String name;
    private final Path log;
    private final long logBegin;
    private final Process process;

    private ChildProcess(String name, Path log, long logBegin, Process process) {
        this.name = name;
        this.log = log;
        this.logBegin = logBegin;
        this.process = process;
    }

    /**
     * What to run.
     *
     * @param name for messages and files: {@code broker}
     * @param folder the absolute folder it runs in, its own
     * @param temporary whether the folder goes when it ends
     * @param jvm flags and system properties
     * @param classPath entries as the JVM takes them
     * @param main the main class and its arguments
     */
    record Command(
            String name, Path folder, boolean temporary, List<String> jvm, List<String> classPath, List<String> main) {}

    /** Starts a process once its folder is free; it is not ready yet. */
    static ChildProcess start(Command command, SandboxOptions options) throws InterruptedException {
        Path folder = command.folder();
        Path log = folder.resolve(command.name() + ".log");
        try {
            // The children of a parent that was killed may need a moment to leave the folder.
            Duration longest = min(LONGEST_WAIT_FOR_FOLDER, options.startTimeout());
            if (!FolderLock.awaitFree(folder, longest)) {
                throw new SandboxException(
                        Problem.FOLDER,
                        "Another sandbox is using " + folder.getParent() + ".",
                        "end it, or choose another folder.");
            }
            Files.createDirectories(temporaryFiles(folder));
            // A file, because a class path may be longer than the system lets an argument be.
            Path arguments = folder.resolve(command.name() + ".args");
            Files.write(arguments, quotedArguments(command), NATIVE);
            ProcessBuilder builder = new ProcessBuilder(
                            "/bin/sh", "-c", IGNORE_SIGNALS_TO_GROUP, "sh", java().toString(), "@" + arguments)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            // Apicurio and Kafka read settings from the environment; the user's are meant for others.
            builder.environment().keySet().retainAll(INHERITED);
            // By default glibc keeps several arenas, tens of MB in a process with this many threads.
            builder.environment().put("MALLOC_ARENA_MAX", "2");
            long logBegin = Files.exists(log) ? Files.size(log) : 0;
            return new ChildProcess(command.name(), log, logBegin, builder.start());
        } catch (IOException e) {
            throw Folders.unusable(folder, e);
        }
    }

    /** The process id. */
    long pid() {
        return process.pid();
    }

    /** Completes once the process has ended. */
    CompletableFuture<Process> ended() {
        return process.onExit();
    }

    /** Returns once {@code ready} holds; if the process ends before, or is not ready in time, its last lines are quoted. */
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

    boolean hasEnded() {
        return !process.isAlive();
    }

    /** Why the process has ended by itself, for the user. The log is on the same disk, so a full disk may not be mentioned in it. */
    String whyEnded() {
        String lines = lastLines();
        if (lines.contains(NO_SPACE) || Folders.isFull(log.getParent())) {
            return "the " + name + " has ended: no space left on device: "
                    + log.getParent().getParent();
        }
        return "the " + name + " has ended by itself with exit code " + process.exitValue() + "; the end of " + log
                + ":" + System.lineSeparator() + lines;
    }

    private SandboxException failure(String what) {
        String lines = lastLines();
        Problem problem = Problem.PROCESS;
        String remedy = "look at these lines; if the machine is short of memory or busy, free some and try again.";
        if (lines.contains("Address already in use") || lines.contains("already bound")) {
            problem = Problem.PORT;
            remedy = "try again: another program took the port just now.";
        } else if (lines.contains(NO_SPACE)) {
            problem = Problem.FOLDER;
            remedy = "make room on the disk of " + log.getParent() + ", or choose a folder on another disk.";
        }
        return new SandboxException(
                problem, what + " The end of " + log + ":" + System.lineSeparator() + lines, remedy);
    }

    /** The end of what this process has written to its log. */
    private String lastLines() {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(logBegin, file.length() - QUOTED_BYTES);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            return new String(bytes, NATIVE).strip();
        } catch (IOException e) {
            return "(unreadable: " + e.getMessage() + ")";
        }
    }

    /** Asks the process to end, and says that this process cleans up; {@link #close()} waits for it. */
    void stop() {
        try (OutputStream input = process.getOutputStream()) {
            input.write(Lifeline.PARENT_CLEANS_UP);
        } catch (IOException closedAlready) {
            // The process is gone, or has been asked before.
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

    private static List<String> quotedArguments(Command command) {
        List<String> arguments = new ArrayList<>(command.jvm());
        arguments.add(
                "-D" + Lifeline.PARENT_PROPERTY + "=" + ProcessHandle.current().pid());
        if (command.temporary()) {
            arguments.add("-D" + Lifeline.TEMPORARY_PROPERTY + "=" + command.folder());
        }
        // In the shared folder a killed process would leave its unpacked native libraries behind.
        arguments.add("-Djava.io.tmpdir=" + temporaryFiles(command.folder()));
        arguments.add("-classpath");
        arguments.add(String.join(File.pathSeparator, command.classPath()));
        arguments.addAll(command.main());
        return arguments.stream().map(ChildProcess::quote).toList();
    }

    private static String quote(String argument) {
        return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static Path temporaryFiles(Path folder) {
        return folder.resolve("tmp");
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
