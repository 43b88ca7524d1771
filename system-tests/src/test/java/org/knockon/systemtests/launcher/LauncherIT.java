package org.knockon.systemtests.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher at the root as a user does, with the class path that this build wrote. */
@Timeout(60)
class LauncherIT {

    @TempDir
    private Path elsewhere;

    private Path link;

    @BeforeEach
    void linkToTheLauncherFromAnotherFolder() throws IOException {
        link = Files.createSymbolicLink(
                elsewhere.resolve("knockon"), Path.of("..", "knockon").toRealPath());
    }

    /** JUnit warns about a link to a target outside its folder. */
    @AfterEach
    void removeTheLink() throws IOException {
        Files.deleteIfExists(link);
    }

    @Test
    void runsFromAnotherFolderThroughALinkWithoutBuildingAgain() throws IOException, InterruptedException {
        Result result = run("--version");

        assertThat(result.err).isEmpty();
        assertThat(result.exitCode).isZero();
        assertThat(result.out).startsWith("knockon ");
    }

    @Test
    void passesOnTheExitCodeAndKeepsStandardOutputClean() throws IOException, InterruptedException {
        Result result = run("--nonsense");

        assertThat(result.exitCode).isEqualTo(2);
        assertThat(result.err).contains("--nonsense");
        assertThat(result.out).isEmpty();
    }

    @Test
    void exitsIfMemoryRunsOut() throws IOException, InterruptedException {
        Result result =
                run(Path.of(System.getProperty("java.home")), Map.of("JAVA_OPTS", "-XX:+PrintFlagsFinal"), "--version");

        assertThat(result.exitCode).isZero();
        assertThat(result.out).containsPattern("ExitOnOutOfMemoryError +:?= true");
    }

    @Test
    void namesTheMissingJava() throws IOException, InterruptedException {
        Result result = run(elsewhere.resolve("no-jdk"), "--version");

        assertThat(result.exitCode).isEqualTo(1);
        assertThat(result.err).contains("JAVA_HOME").contains("no-jdk");
    }

    @Test
    void rejectsAnOldJava() throws IOException, InterruptedException {
        Path old = elsewhere.resolve("jdk-11");
        Files.createDirectories(old.resolve("bin"));
        Files.createFile(old.resolve("bin/java")).toFile().setExecutable(true);
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.22\"\n");

        Result result = run(old, "--version");

        assertThat(result.exitCode).isEqualTo(1);
        assertThat(result.err).contains("Java 11.0.22").contains("17 or newer");
    }

    private Result run(String... arguments) throws IOException, InterruptedException {
        return run(Path.of(System.getProperty("java.home")), arguments);
    }

    private Result run(Path javaHome, String... arguments) throws IOException, InterruptedException {
        return run(javaHome, Map.of(), arguments);
    }

    private Result run(Path javaHome, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(link.toString());
        builder.command().addAll(List.of(arguments));
        builder.directory(elsewhere.toFile());
        builder.environment().put("JAVA_HOME", javaHome.toString());
        builder.environment().remove("JAVA_OPTS");
        builder.environment().putAll(environment);
        Path err = elsewhere.resolve("err");
        Process process = builder.redirectError(err.toFile()).start();
        try (InputStream out = process.getInputStream()) {
            String printed = new String(out.readAllBytes(), UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return new Result(process.exitValue(), printed, Files.readString(err));
        } finally {
            process.destroyForcibly();
        }
    }

    private record Result(int exitCode, String out, String err) {}
}
