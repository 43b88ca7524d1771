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

/** A Java process in its own folder that ends when its standard input closes; see {@link Lifeline}. */
final class ChildProcess implements AutoCloseable {
    /** Encoding of the files and the output of system programs. */
    static final Charset NATIVE = Charset.forName(System.getProperty("native.encoding"));

    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);
    private static final Duration LONGEST_WAIT_FOR_FOLDER = Duration.ofSeconds(20);
    private static final int QUOTED_BYTES = 3_000;
    private static final String NO_SPACE = "No space left on device";
    private static final Set<String> INHERITED = Set.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH");

    /**
     * Ctrl-C, and SIGTERM from job control, reach every process of a group at once. The broker must outlive the
     * programs that use it and must still delete its folder, so the shell ignores these signals (a JVM keeps ignored
     * signals ignored). The JVM then replaces the shell and keeps its process id.
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
     * The program to run.
     *
     * @param name name in messages and files: {@code broker}
     * @param folder absolute path of its own working folder
     * @param temporary whether to delete the folder when the process ends
     * @param jvm flags and system properties
     * @param classPath entries in the JVM's format
     * @param main the main class and its arguments
     */
    record Command(
            String name, Path folder, boolean temporary, List<String> jvm, List<String> classPath, List<String> main) {}

    /** Starts a process once its folder is free. Use {@link #awaitReady} afterwards. */
    static ChildProcess start(Command command, SandboxOptions options) throws InterruptedException {
        Path folder = command.folder();
        Path log = folder.resolve(command.name() + ".log");
        try {
            // The children of a killed parent may need a moment to release the folder.
            Duration longest = min(LONGEST_WAIT_FOR_FOLDER, options.startTimeout());
            if (!FolderLock.awaitFree(folder, longest)) {
                throw new SandboxException(
                        Problem.FOLDER,
                        "Another sandbox is using " + folder.getParent() + ".",
                        "stop it, or choose another folder.");
            }
            Files.createDirectories(temporaryFiles(folder));
            // A file, because a class path may exceed the maximum length of an argument.
            Path arguments = folder.resolve(command.name() + ".args");
            Files.write(arguments, quotedArguments(command), NATIVE);
            ProcessBuilder builder = new ProcessBuilder(
                            "/bin/sh", "-c", IGNORE_SIGNALS_TO_GROUP, "sh", java().toString(), "@" + arguments)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            // Apicurio and Kafka read settings from the environment, and the user's variables are not meant for them.
            builder.environment().keySet().retainAll(INHERITED);
            // By default glibc keeps several arenas: tens of MB in a process with this many threads.
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

    /**
     * Returns once {@code ready} is true.
     *
     * @throws SandboxException quoting the end of the log, when the process ends first or is not ready in time
     */
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

    /**
     * Why the process ended unexpectedly, for the user. A full disk may be missing from the log, which is on the same
     * disk.
     */
    String exitReason() {
        String lines = lastLines();
        if (lines.contains(NO_SPACE) || Folders.isFull(log.getParent())) {
            return "the " + name + " ended: no space left on device: "
                    + log.getParent().getParent();
        }
        return "the " + name + " ended unexpectedly with exit code " + process.exitValue() + "; the end of " + log + ":"
                + System.lineSeparator() + lines;
    }

    private SandboxException failure(String what) {
        String lines = lastLines();
        Problem problem = Problem.PROCESS;
        String remedy = "read these lines; if the machine is busy or short of memory, free some and try again.";
        if (lines.contains("Address already in use") || lines.contains("already bound")) {
            problem = Problem.PORT;
            remedy = "try again: another program has just taken the port.";
        } else if (lines.contains(NO_SPACE)) {
            problem = Problem.FOLDER;
            remedy = "free space on the disk of " + log.getParent() + ", or choose a folder on another disk.";
        }
        return new SandboxException(
                problem, what + " The end of " + log + ":" + System.lineSeparator() + lines, remedy);
    }

    /** The end of the log that this process has written. */
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

    /**
     * Asks the process to end without cleaning up, because this process does that. {@link #close()} waits for the end.
     */
    void stop() {
        try (OutputStream input = process.getOutputStream()) {
            input.write(Lifeline.PARENT_CLEANS_UP);
        } catch (IOException alreadyClosed) {
            // The process has ended, or was asked before.
        }
    }

    /** Ends the process and waits for it, by force if it takes too long. */
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
        // In the shared folder, a killed process would leave its unpacked native libraries behind.
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
