package org.knockon.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The release archive, used as a hospital does: unpacked in some folder, with a Java runtime and without Maven. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class ArchiveIT {

    @TempDir
    private static Path scratch;

    private Archive archive;

    @BeforeAll
    void unpack() throws Exception {
        archive = Archive.unpack(scratch);
    }

    /** JUnit warns about links to targets outside its folder. */
    @AfterAll
    void removeLinks() throws IOException {
        Files.deleteIfExists(scratch.resolve("knockon"));
        try (Stream<Path> links = Files.list(scratch.resolve("tools"))) {
            for (Path link : links.toList()) {
                Files.delete(link);
            }
        }
    }

    @Test
    void isTheSameIfItIsAssembledAgain() throws IOException {
        Path again = Archive.TARGET.resolve("again").resolve(Archive.file().getFileName());

        assertThat(Files.mismatch(Archive.file(), again)).isEqualTo(-1);
    }

    @Test
    void containsWhatAnOperatorNeeds() throws IOException {
        assertThat(archive.in(""))
                .extracting(file -> file.getFileName().toString())
                .containsExactlyInAnyOrder(
                        "bin",
                        "config",
                        "docker",
                        "docs",
                        "lib",
                        "CHANGELOG.md",
                        "LICENSE",
                        "NOTICE",
                        "README.md",
                        "SECURITY.md");
        assertThat(archive.in("config"))
                .extracting(file -> file.getFileName().toString())
                .containsExactlyInAnyOrder(
                        "deployer.properties",
                        "ingest.properties",
                        "producer.properties",
                        "streams.properties",
                        "war-room.properties");
        assertThat(archive.root().resolve("docs/install.md")).isRegularFile();
        assertThat(archive.root().resolve("bin/knockon")).isExecutable();
        assertThat(archive.root().resolve("docker/compose.secure.yaml")).isRegularFile();
        assertThat(archive.root().resolve("docker/image/cluster-secrets")).isExecutable();
    }

    @Test
    void hasTheChecksumsOfItsFiles() throws Exception {
        Process check = new ProcessBuilder("sha256sum", "--check", "--strict", "SHA256SUMS")
                .directory(Archive.TARGET.toFile())
                .redirectErrorStream(true)
                .start();
        List<String> lines = check.inputReader().lines().toList();

        assertThat(check.waitFor()).as(lines.toString()).isZero();
        assertThat(lines).hasSize(2).allMatch(line -> line.endsWith(": OK"));
    }

    @Test
    void hasABillOfMaterialsWithEveryLibraryAndNoOther() throws IOException {
        String name = Archive.file().getFileName().toString().replace(".tar.gz", ".cdx.json");
        JsonNode bom = new ObjectMapper().readTree(Archive.TARGET.resolve(name).toFile());

        Set<String> listed = StreamSupport.stream(bom.get("components").spliterator(), false)
                .map(component -> (component.get("group").textValue().equals("org.knockon") ? "knockon-" : "")
                        + component.get("name").textValue() + "-"
                        + component.get("version").textValue() + ".jar")
                .collect(Collectors.toSet());
        // This module itself is the subject of the list, not an entry.
        Set<String> packed = archive.in("lib").stream()
                .map(jar -> jar.getFileName().toString())
                .filter(jar -> !jar.startsWith("knockon-distribution-"))
                .collect(Collectors.toSet());
        assertThat(bom.get("bomFormat").textValue()).isEqualTo("CycloneDX");
        assertThat(listed).isEqualTo(packed);
    }

    @Test
    void printsItsVersion() throws Exception {
        Archive.Result result = archive.run("--version");

        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).startsWith("knockon ");
    }

    @Test
    void runsThroughALinkFromAnotherFolder() throws Exception {
        Path link = Files.createSymbolicLink(
                scratch.resolve("knockon"), archive.root().resolve("bin/knockon"));

        Archive.Result result =
                archive.run(Map.of("JAVA_HOME", System.getProperty("java.home")), link, "scenario", "list");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("pas-outage-demo");
    }

    @Test
    void passesJavaOptsOn() throws Exception {
        Archive.Result result = archive.run(
                Map.of("JAVA_HOME", System.getProperty("java.home"), "JAVA_OPTS", "-XX:+PrintFlagsFinal -Xmx100m"),
                archive.root().resolve("bin/knockon"),
                "--version");

        assertThat(result.out())
                .containsPattern("MaxHeapSize +:?= 104857600")
                .containsPattern("ExitOnOutOfMemoryError +:?= true");
    }

    @Test
    void namesTheMissingJava() throws Exception {
        Archive.Result result = archive.run(Map.of(), archive.root().resolve("bin/knockon"), "--version");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo("knockon: no java on the PATH; install a Java runtime 17 or newer, or set JAVA_HOME\n");
    }

    @Test
    void rejectsAnOldJava() throws Exception {
        Path old = scratch.resolve("java-11");
        Files.createDirectories(old.resolve("bin"));
        assertThat(Files.createFile(old.resolve("bin/java")).toFile().setExecutable(true))
                .isTrue();
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.22\"\n");

        Archive.Result result =
                archive.run(Map.of("JAVA_HOME", old.toString()), archive.root().resolve("bin/knockon"), "--version");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("is Java 11.0.22, but Knock-on needs 17 or newer");
    }

    /** The registry's program comes from a file, because there is no Maven here and the cache is empty. */
    @Test
    void replaysAScenarioWithoutMaven() throws Exception {
        Path registry = scratch.resolve("registry.tar.gz");
        Archive.Result written = archive.run(
                withMaven(),
                archive.root().resolve("bin/knockon"),
                "sandbox",
                "--write-registry-archive",
                registry.toString());
        assertThat(written.exitCode()).as(written.err()).isZero();

        Archive.Result without = archive.run("replay", "pas-outage-demo", "--headless");
        Archive.Result replayed = archive.run(
                "replay", "pas-outage-demo", "--verify", "--headless", "--registry-archive", registry.toString());

        assertThat(without.exitCode()).isEqualTo(4);
        assertThat(without.err()).contains("--registry-archive FILE");
        assertThat(replayed.exitCode()).as(replayed.err() + replayed.out()).isZero();
        assertThat(replayed.out()).contains("verified: ").doesNotContain("NOT verified");
    }

    /** The environment of this build. */
    private static Map<String, String> withMaven() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        String repository = System.getProperty("maven.repo.local");
        environment.put("JAVA_OPTS", repository == null ? "" : "-Dmaven.repo.local=" + repository);
        return environment;
    }
}
