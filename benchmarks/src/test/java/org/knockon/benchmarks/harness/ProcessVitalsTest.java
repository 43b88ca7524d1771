package org.knockon.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessVitalsTest {

    @TempDir
    private Path folder;

    @Test
    void readsARunningJvm() throws Exception {
        ProcessVitals ours = ProcessVitals.of(ProcessHandle.current().pid());
        assertThat(ours.heapMiB()).isBetween(1.0, Runtime.getRuntime().maxMemory() / 1048576.0);
        assertThat(ours.rssMiB()).isGreaterThan(ours.heapMiB());
        assertThat(ours.threads()).isGreaterThan(1);
        assertThat(ours.files()).isGreaterThan(3);
    }

    @Test
    void collectsGarbageFirst() throws Exception {
        long pid = ProcessHandle.current().pid();
        byte[][] held = new byte[32][1 << 20];
        double with = ProcessVitals.of(pid).heapMiB();
        assertThat(held).hasDimensions(32, 1 << 20);
        held = null;
        assertThat(ProcessVitals.of(pid).heapMiB()).isCloseTo(with - 32, within(8.0));
    }

    @Test
    void sumsTheGenerationsWithoutMetaspace() {
        assertThat(ProcessVitals.heapMiB("""
                        12345:
                         def new generation   total 235968K, used 1024K [0x00000000c0000000, 0x00000000d0000000)
                          eden space 209792K,   1% used [0x00000000c0000000, 0x00000000c0100000)
                         tenured generation   total 786432K, used 102400K [0x00000000d0000000, 0x0000000100000000)
                           the space 786432K,  13% used [0x00000000d0000000, 0x00000000d6400000)
                         Metaspace       used 51200K, committed 51840K, reserved 1114112K
                          class space    used 5120K, committed 5440K, reserved 1048576K
                        """)).isEqualTo(101.0);
        assertThatThrownBy(() -> ProcessVitals.heapMiB("12345: no such process"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void endedProcessHasNoMemory() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        assertThat(ProcessVitals.rssMiB(ended.pid())).isZero();
        assertThatThrownBy(() -> ProcessVitals.of(ended.pid())).isInstanceOf(IOException.class);
    }

    @Test
    void sumsTheFilesOfAFolder() throws Exception {
        Files.createDirectories(folder.resolve("a/b"));
        Files.write(folder.resolve("a/one"), new byte[1 << 20]);
        Files.write(folder.resolve("a/b/two"), new byte[1 << 19]);
        assertThat(ProcessVitals.diskMiB(folder)).isEqualTo(1.5);
    }
}
