package org.knockon.benchmarks.harness;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts a program under test in a fresh JVM. All of them use the same collector. The program reads its standard input and exits when
 * that ends.
 */
public final class ChildJvm {

    /** An option: every page of the heap is resident from the start. */
    public static final String TOUCH_HEAP = "-XX:+AlwaysPreTouch";

    /** Collector of the launcher, ./knockon, so that all programs pause alike. */
    private static final String COLLECTOR = "-XX:+UseSerialGC";

    /** Young generation of the launcher; a heap below a GiB keeps the JVM's own ratio. */
    private static final String YOUNG_GENERATION = "-Xmn256m";

    private static final int MIB_PER_GIB = 1_024;

    private ChildJvm() {}

    /** Starts a class of this class path. */
    public static Process start(
            int heapMiB, Class<?> program, List<String> arguments, ProcessBuilder.Redirect standardError)
            throws IOException {
        return start(
                heapMiB, List.of(), System.getProperty("java.class.path"), program.getName(), arguments, standardError);
    }

    /**
     * @param heapMiB initial and maximum heap
     * @param options further JVM options, without the class path
     */
    public static Process start(
            int heapMiB,
            List<String> options,
            String classPath,
            String program,
            List<String> arguments,
            ProcessBuilder.Redirect standardError)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(COLLECTOR, "-Xms" + heapMiB + "m", "-Xmx" + heapMiB + "m"));
        if (heapMiB >= MIB_PER_GIB) {
            command.add(YOUNG_GENERATION);
        }
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, program));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectError(standardError).start();
    }

    /**
     * Waits until the program exits.
     *
     * @return its standard output
     * @throws IllegalStateException if the exit code is not 0
     */
    public static String output(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(process.info().commandLine().orElse("a program") + " ended with exit code "
                    + process.exitValue() + ": " + output);
        }
        return output;
    }

    /** Closes the program's standard input and waits for a clean exit; kills it after a minute. */
    public static void stop(Process process) {
        try (OutputStream input = process.getOutputStream()) {
            input.flush();
        } catch (IOException alreadyGone) {
            // The process has exited.
        }
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
