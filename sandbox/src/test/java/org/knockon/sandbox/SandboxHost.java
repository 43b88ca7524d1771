package org.knockon.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A JVM that starts a sandbox and then waits, for tests that kill it. Argument: the folder, or none for a temporary
 * one.
 */
final class SandboxHost {
    private SandboxHost() {}

    public static void main(String[] args) throws InterruptedException {
        SandboxOptions options = SandboxOptions.defaults();
        try (Sandbox sandbox = Sandbox.start(args.length == 0 ? options : options.withFolder(Path.of(args[0])))) {
            System.out.println(sandbox.folder());
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    /** Starts a JVM with this test's class path. */
    static Process start(Class<?> main, String... arguments) throws IOException {
        List<String> classPath = new ArrayList<>();
        ClassPath.ofThisJvm().forEach(entry -> classPath.add(entry.toString()));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                String.join(":", classPath),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
