package org.knockon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryArchiveIT {
    @Test
    void downloadsTheProgramOnceForProcessesThatStartTogether(@TempDir Path cache) throws Exception {
        Files.createDirectory(cache.resolve("apicurio-registry-3.0.9.part-of-a-killed-process"));
        Process one = SandboxHost.start(ArchiveHost.class, cache.toString());
        Process two = SandboxHost.start(ArchiveHost.class, cache.toString());
        List<String> linesOfOne = one.inputReader().lines().toList();
        List<String> linesOfTwo = two.inputReader().lines().toList();

        assertThat(one.waitFor()).isZero();
        assertThat(two.waitFor()).isZero();
        assertThat(Stream.concat(linesOfOne.stream(), linesOfTwo.stream()))
                .filteredOn(line -> line.startsWith("downloading"))
                .hasSize(1);
        Path program = cache.resolve("apicurio-registry-3.0.9");
        assertThat(linesOfOne).last().isEqualTo(program.toString());
        assertThat(linesOfTwo).last().isEqualTo(program.toString());
        assertThat(program.resolve(RegistryArchive.RUNNER)).isRegularFile();
        assertThat(program.resolve("lib")).isDirectoryContaining("glob:**/*.jar");
        try (Stream<Path> left = Files.list(cache)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("apicurio-registry-3.0.9", "apicurio-registry-3.0.9.lock");
        }
    }

    @Test
    void startsFromAWrittenArchiveWithoutMaven(@TempDir Path folder) throws Exception {
        Path archive = folder.resolve("registry archive.tar.gz");
        Sandbox.writeRegistryArchive(SandboxOptions.defaults(), archive);
        SandboxOptions options = SandboxOptions.defaults()
                .withCache(folder.resolve("cache"))
                .withMaven("no-such-command")
                .withRegistryArchive(archive);

        try (Sandbox sandbox = Sandbox.start(options)) {
            assertThat(SchemaCalls.register(sandbox, "notes-value", "Note")).isEqualTo("{\"id\":1}");
        }
        assertThat(folder.resolve("cache").resolve("apicurio-registry-3.0.9")).isDirectory();
    }
}
