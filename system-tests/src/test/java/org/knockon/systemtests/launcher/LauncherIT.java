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

/** The launcher at the root, run as a user runs it, on the class path that this build has just written. */
@Timeout(60)
class LauncherIT {

    @TempDir
    private Path elsewhere;

    private Path link;

    @BeforeEach
    void linksToTheLauncherFromAnotherFolder() throws IOException {
        link = Files.createSymbolicLink(
                elsewhere.resolve("knockon"), Path.of("..", "knockon").toRealPath());
    }

    /** JUnit would warn of a link that leads out of its folder. */
    @AfterEach
    void removesTheLink() throws IOException {
        Files.deleteIfExists(link);
    }

    @Test
    void runsFromAnotherFolderThroughALinkWithoutBuildingAgain() throws IOException, InterruptedException {
        Ended ended = run("--version");

        assertThat(ended.err).isEmpty();
        assertThat(ended.exitCode).isZero();
        assertThat(ended.out).startsWith("knockon ");
    }

    @Test
    void handsOnTheExitCodeAndKeepsStandardOutputClean() throws IOException, InterruptedException {
        Ended ended = run("--nonsense");

        assertThat(ended.exitCode).isEqualTo(2);
        assertThat(ended.err).contains("--nonsense");
        assertThat(ended.out).isEmpty();
    }

    @Test
    void endsTheWholeProcessWhenMemoryRunsOut() throws IOException, InterruptedException {
        Ended ended =
                run(Path.of(System.getProperty("java.home")), Map.of("JAVA_OPTS", "-XX:+PrintFlagsFinal"), "--version");

        assertThat(ended.exitCode).isZero();
        assertThat(ended.out).containsPattern("ExitOnOutOfMemoryError +:?= true");
    }

    @Test
    void saysWhichJavaIsMissing() throws IOException, InterruptedException {
        Ended ended = run(elsewhere.resolve("no-jdk"), "--version");

        assertThat(ended.exitCode).isEqualTo(1);
        assertThat(ended.err).contains("JAVA_HOME").contains("no-jdk");
    }

    @Test
    void refusesAJavaThatIsTooOld() throws IOException, InterruptedException {
        Path old = elsewhere.resolve("jdk-11");
        Files.createDirectories(old.resolve("bin"));
        Files.createFile(old.resolve("bin/java")).toFile().setExecutable(true);
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.22\"\n");

        Ended ended = run(old, "--version");

        assertThat(ended.exitCode).isEqualTo(1);
        assertThat(ended.err).contains("Java 11.0.22").contains("17 or newer");
    }

    private Ended run(String... arguments) throws IOException, InterruptedException {
        return run(Path.of(System.getProperty("java.home")), arguments);
    }

    private Ended run(Path javaHome, String... arguments) throws IOException, InterruptedException {
        return run(javaHome, Map.of(), arguments);
    }

    private Ended run(Path javaHome, Map<String, String> environment, String... arguments)
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
            return new Ended(process.exitValue(), printed, Files.readString(err));
        } finally {
            process.destroyForcibly();
        }
    }

    private record Ended(int exitCode, String out, String err) {}
}
