package org.knockon.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The archive that this build made, unpacked, and its command run as on a machine with little more than Java. */
record Archive(Path root, Path scratch) {

    static final Path TARGET = Path.of("target").toAbsolutePath();

    /** What a minimal Linux has and the launcher, the sandbox and tar need. No Maven. */
    private static final List<String> TOOLS =
            List.of("bash", "sh", "env", "ls", "dirname", "readlink", "sed", "tar", "gzip", "cat", "mkdir", "rm");

    record Result(int exitCode, String out, String err) {}

    /** @param scratch folder for all that the archive and its command write */
    static Archive unpack(Path scratch) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(scratch.resolve("a folder with spaces"));
        Process tar = new ProcessBuilder("tar", "-xzf", file().toString(), "-C", folder.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(tar.getInputStream().readAllBytes(), UTF_8);
        assertThat(tar.waitFor()).as(output).isZero();
        linkTools(scratch.resolve("tools"));
        try (Stream<Path> unpacked = Files.list(folder)) {
            return new Archive(unpacked.findFirst().orElseThrow(), scratch);
        }
    }

    /** The one archive in the target folder. */
    static Path file() throws IOException {
        try (Stream<Path> files = Files.list(TARGET)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().matches("knockon-.*\\.tar\\.gz"))
                    .toList();
            assertThat(found)
                    .as("archives in target; run mvn clean after a change of version")
                    .hasSize(1);
            return found.get(0);
        }
    }

    List<Path> in(String folder) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(folder))) {
            return files.sorted().toList();
        }
    }

    /** Runs bin/knockon without Maven on the PATH, with an empty cache and the Java of this JVM. */
    Result run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of("JAVA_HOME", System.getProperty("java.home")), root.resolve("bin/knockon"), arguments);
    }

    Result run(Map<String, String> environment, Path command, String... arguments)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(command.toString()));
        line.addAll(List.of(arguments));
        Path err = scratch.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(scratch.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", scratch.resolve("tools").toString());
        builder.environment().put("HOME", scratch.toString());
        builder.environment().put("XDG_CACHE_HOME", scratch.resolve("cache").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (InputStream out = process.getInputStream()) {
            String printed = new String(out.readAllBytes(), UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Result(process.exitValue(), printed, Files.readString(err));
        } finally {
            process.destroyForcibly();
        }
    }

    private static void linkTools(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String tool : TOOLS) {
            Path found = Stream.of(System.getenv("PATH").split(":"))
                    .map(entry -> Path.of(entry, tool))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(() -> new UncheckedIOException(new IOException("no " + tool + " on the PATH")));
            Files.createSymbolicLink(folder.resolve(tool), found);
        }
    }
}
