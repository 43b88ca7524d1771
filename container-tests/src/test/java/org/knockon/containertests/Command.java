package org.knockon.containertests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A command of this machine, such as docker.
 *
 * @param variables in addition to those of this JVM
 */
record Command(Path folder, Map<String, String> variables, List<String> line) {

    /** Far more than any command takes, so that a test ends even if an engine hangs. */
    private static final long MAX_MINUTES = 20;

    record Output(int exitCode, String out, String err) {}

    static Command docker(String... arguments) {
        return new Command(
                Path.of("").toAbsolutePath(),
                Map.of(),
                Stream.concat(Stream.of("docker"), Stream.of(arguments)).toList());
    }

    Command in(Path other) {
        return new Command(other, variables, line);
    }

    /** Returns standard output without its last line break. Fails unless the exit code is 0. */
    String succeed() {
        Output output = run();
        assertThat(output.exitCode())
                .as("%s%n%s%n%s", this, output.out(), output.err())
                .isZero();
        return output.out().stripTrailing();
    }

    Output run() {
        Path out = null;
        Path err = null;
        try {
            out = Files.createTempFile("command", ".out");
            err = Files.createTempFile("command", ".err");
            ProcessBuilder builder = new ProcessBuilder(line)
                    .directory(folder.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(variables);
            Process process = builder.start();
            try {
                if (!process.waitFor(MAX_MINUTES, TimeUnit.MINUTES)) {
                    throw new AssertionError(this + " has not ended after " + MAX_MINUTES + " min\n" + text(err));
                }
            } finally {
                process.destroyForcibly();
            }
            return new Output(process.exitValue(), text(out), text(err));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + this, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted during " + this, e);
        } finally {
            delete(out);
            delete(err);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), UTF_8);
    }

    private static void delete(Path file) {
        if (file != null) {
            assertThat(file.toFile().delete()).isTrue();
        }
    }

    @Override
    public String toString() {
        return String.join(" ", line);
    }
}
