package org.knockon.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksDbJarTest {

    private static final List<String> OTHERS = List.of("META-INF/MANIFEST.MF", "org/rocksdb/RocksDB.class");
    private static final String LINUX = "librocksdbjni-linux64.so";
    private static final String MAC = "librocksdbjni-osx-arm64.jnilib";

    @TempDir
    private Path folder;

    private Path jar;

    @BeforeEach
    void writeAJarWithTwoLibraries() throws IOException {
        jar = folder.resolve("rocksdbjni-9.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String name : List.of(OTHERS.get(0), OTHERS.get(1), LINUX, MAC)) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.getBytes(UTF_8));
                zip.closeEntry();
            }
        }
    }

    @Test
    void leavesTheLibraryOfThisArchitectureAndEverythingElse() throws IOException {
        RocksDbJar.keepOnly(jar, "amd64");

        assertThat(names()).containsExactly(OTHERS.get(0), OTHERS.get(1), LINUX);
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            assertThat(zip.getInputStream(zip.getEntry(LINUX)).readAllBytes()).isEqualTo(LINUX.getBytes(UTF_8));
        }
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void leavesTheJarUnchangedIfItLacksTheLibrary() {
        assertThatThrownBy(() -> RocksDbJar.keepOnly(jar, "aarch64"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no librocksdbjni-linux-aarch64.so");
        assertThat(names()).hasSize(4);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void leavesTheJarUnchangedOnAnUnknownArchitecture() throws IOException {
        RocksDbJar.keepOnly(jar, "vax");

        assertThat(names()).hasSize(4);
    }

    private List<String> names() {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
