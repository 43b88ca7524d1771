package org.knockon.benchmarks.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** JVMs for the programs measured: a fresh one each, all with the same memory and collector. */
public final class ChildJvm {

    /** Collector and young generation of the launcher, ./knockon, so that every program pauses alike. */
    private static final List<String> COLLECTOR = List.of("-XX:+UseSerialGC", "-Xmn256m");

    private ChildJvm() {}

    /**
     * Starts a program that ends by itself or when its standard input ends.
     *
     * @param heapMiB heap, all of it from the beginning
     * @param options more options of the JVM, the class path left out
     */
    public static Process start(
            int heapMiB, List<String> options, String classPath, String program, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(COLLECTOR);
        command.add("-Xms" + heapMiB + "m");
        command.add("-Xmx" + heapMiB + "m");
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, program));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Waits for the end and answers all it said on standard output. */
    public static String said(Process process) throws IOException, InterruptedException {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(process.info().commandLine().orElse("a program") + " ended with exit code "
                    + process.exitValue() + ": " + said);
        }
        return said;
    }
}
