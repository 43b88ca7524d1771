package org.knockon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.sandbox.SandboxException.Problem;

class SandboxFailureTest {
    @TempDir
    private Path temp;

    private SandboxOptions options;

    @BeforeEach
    void emptyCache() {
        options = SandboxOptions.defaults().withCache(temp.resolve("cache"));
    }

    @Test
    void namesThePortThatIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();
            SandboxException broker = failure(options.withPorts(port, 0));
            assertThat(broker.problem()).isEqualTo(Problem.PORT);
            assertThat(broker)
                    .hasMessageContaining("port " + port + " for the broker")
                    .hasMessageContaining("choose another port");
            SandboxException registry = failure(options.withPorts(0, port));
            assertThat(registry.problem()).isEqualTo(Problem.PORT);
            assertThat(registry).hasMessageContaining("port " + port + " for the registry");
        }
    }

    @Test
    void namesTheFolderThatCannotBeUsed() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));
        SandboxException named = failure(options.withFolder(file.resolve("data")));
        assertThat(named.problem()).isEqualTo(Problem.FOLDER);
        assertThat(named).hasMessageContaining(file.toString()).hasMessageContaining("choose another folder");
        SandboxException cache = failure(options.withCache(file));
        assertThat(cache.problem()).isEqualTo(Problem.FOLDER);
        assertThat(cache).hasMessageContaining(file.toString());
    }

    @Test
    void namesTheFolderOnAFullDisk() {
        assertThatThrownBy(() -> Folders.requireSpace(temp, Long.MAX_VALUE))
                .isInstanceOfSatisfying(
                        SandboxException.class, e -> assertThat(e.problem()).isEqualTo(Problem.FOLDER))
                .hasMessageContaining(temp.toString())
                .hasMessageContaining("MiB free");
    }

    @Test
    void reportsThatMavenIsMissing() {
        SandboxException e = failure(options.withMaven("no-such-command"));
        assertThat(e.problem()).isEqualTo(Problem.DOWNLOAD);
        assertThat(e)
                .hasMessageContaining("no-such-command")
                .hasMessageContaining("make sure that `no-such-command` runs");
    }

    @Test
    void quotesMavenWithoutANetwork() throws IOException {
        SandboxException e = failure(options.withMaven(
                script("exec mvn --offline -Dmaven.repo.local='" + temp.resolve("empty-repository") + "' \"$@\"")));
        assertThat(e.problem()).isEqualTo(Problem.DOWNLOAD);
        assertThat(e).hasMessageContaining("offline").hasMessageContaining("reaches Maven Central or your mirror");
    }

    @Test
    void quotesMavenWithAWrongRepository() throws IOException {
        Path settings = Files.writeString(temp.resolve("settings.xml"), """
                <settings>
                  <localRepository>%s</localRepository>
                  <mirrors>
                    <mirror>
                      <id>wrong</id>
                      <mirrorOf>*</mirrorOf>
                      <url>file://%s</url>
                    </mirror>
                  </mirrors>
                </settings>
                """.formatted(
                        temp.resolve("empty-repository"), temp.resolve("no-repository")));
        SandboxException e = failure(options.withMaven(script("exec mvn --settings '" + settings + "' \"$@\"")));
        assertThat(e.problem()).isEqualTo(Problem.DOWNLOAD);
        assertThat(e)
                .hasMessageContaining("no-repository")
                .hasMessageContaining("reaches Maven Central or your mirror");
    }

    @Test
    void refusesAnArchiveThatDiffersFromTheReleasedOne() throws IOException {
        SandboxException e = failure(
                options.withMaven(script("for a; do case $a in -Ddest=*) echo other > \"${a#-Ddest=}\";; esac; done")));
        assertThat(e.problem()).isEqualTo(Problem.DOWNLOAD);
        assertThat(e).hasMessageContaining("SHA-256").hasMessageContaining("local Maven repository");
        assertThat(temp.resolve("cache")).isDirectoryNotContaining(path -> Files.isDirectory(path));
    }

    @Test
    void refusesANamedArchiveThatDiffersFromTheReleasedOne() throws IOException {
        Path named = Files.writeString(temp.resolve("registry.tar.gz"), "other");

        SandboxException e = failure(options.withMaven("no-such-command").withRegistryArchive(named));

        assertThat(e.problem()).isEqualTo(Problem.DOWNLOAD);
        assertThat(e)
                .hasMessageContaining(named + " is not the archive of the released registry: SHA-256")
                .hasMessageContaining("--write-registry-archive");
        assertThat(temp.resolve("cache")).doesNotExist();
    }

    @Test
    void namesTheArchiveThatCannotBeRead() {
        SandboxException e = failure(options.withRegistryArchive(temp.resolve("no-such-file")));

        assertThat(e.problem()).isEqualTo(Problem.DOWNLOAD);
        assertThat(e).hasMessageContaining("no-such-file");
    }

    @Test
    void neverWritesAnArchiveOverAFile() throws IOException {
        Path taken = Files.writeString(temp.resolve("registry.tar.gz"), "mine");

        assertThatThrownBy(() -> Sandbox.writeRegistryArchive(options, taken))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining(taken + " exists already");
        assertThat(taken).hasContent("mine");
    }

    @Test
    void leavesNothingBehindIfTheArchiveCannotBeWritten() {
        assertThatThrownBy(() -> Sandbox.writeRegistryArchive(
                        options.withMaven("no-such-command"), temp.resolve("registry.tar.gz")))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("no-such-command");
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void quotesAProcessThatEndsBeforeItIsReady() throws InterruptedException {
        try (ChildProcess child = ChildProcess.start(command("org.knockon.NoSuchClass"), options)) {
            SandboxException e = catchThrowableOfType(
                    SandboxException.class, () -> child.awaitReady(() -> false, Duration.ofSeconds(20)));
            assertThat(e.problem()).isEqualTo(Problem.PROCESS);
            assertThat(e).hasMessageContaining("exit code 1").hasMessageContaining("org.knockon.NoSuchClass");
        }
    }

    @Test
    void stopsAProcessThatIsNotReadyInTime() throws InterruptedException {
        try (ChildProcess child = ChildProcess.start(command(Idle.class.getName()), options)) {
            ProcessHandle handle = ProcessHandle.of(child.pid()).orElseThrow();
            assertThatThrownBy(() -> child.awaitReady(() -> false, Duration.ofSeconds(1)))
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining("not ready within 1 s");
            assertThat(handle.isAlive()).isFalse();
        }
    }

    @Test
    void reportsAllInvalidOptions() {
        assertThatThrownBy(() -> SandboxOptions.defaults().withPorts(-1, 65_536))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("brokerPort")
                .hasMessageContaining("65536");
        assertThatThrownBy(() -> SandboxOptions.defaults().withPorts(9092, 9092))
                .hasMessageContaining("must differ");
        assertThatThrownBy(() -> SandboxOptions.defaults().withStartTimeout(Duration.ZERO))
                .hasMessageContaining("startTimeout");
    }

    /** Does nothing until its parent ends it. */
    static final class Idle {
        public static void main(String[] args) throws IOException {
            Lifeline.ofThisProcess().endWithParent(() -> {});
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private ChildProcess.Command command(String main) {
        List<String> classPath =
                ClassPath.ofThisJvm().stream().map(Path::toString).toList();
        return new ChildProcess.Command("child", temp, false, List.of("-Xmx32m"), classPath, List.of(main));
    }

    /** The failure to start a sandbox, which must leave no process behind. */
    private static SandboxException failure(SandboxOptions options) {
        SandboxException e = catchThrowableOfType(
                SandboxException.class, () -> Sandbox.start(options).close());
        assertThat(e).isNotNull().hasMessageContaining("What to do: ");
        assertThat(ProcessHandle.current().children().filter(SandboxFailureTest::isServer))
                .isEmpty();
        return e;
    }

    private static boolean isServer(ProcessHandle child) {
        return child.info().arguments().map(List::of).orElse(List.of()).stream()
                .anyMatch(argument -> argument.endsWith("broker.args") || argument.endsWith("registry.args"));
    }

    private String script(String line) throws IOException {
        Path script = Files.writeString(temp.resolve("maven.sh"), "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script.toString();
    }
}
