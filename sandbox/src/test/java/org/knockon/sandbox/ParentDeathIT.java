package org.knockon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParentDeathIT {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    @Test
    void leavesNoChildAndNoDataWhenTheParentIsKilled() throws Exception {
        Process parent = SandboxHost.start(SandboxHost.class);
        Path folder = folderOnceReady(parent);
        List<ProcessHandle> children = parent.descendants().toList();
        assertThat(children).hasSize(2).allMatch(ProcessHandle::isAlive);

        parent.destroyForcibly();

        assertThat(becomesTrue(() -> children.stream().noneMatch(ProcessHandle::isAlive), LIMIT))
                .isTrue();
        assertThat(folder).doesNotExist();
    }

    /** A shell or a build server ends a job this way. */
    @Test
    void leavesNoChildAndNoDataWhenAllAreTerminatedAtOnce() throws Exception {
        Process parent = SandboxHost.start(SandboxHost.class);
        Path folder = folderOnceReady(parent);
        List<ProcessHandle> children = parent.descendants().toList();
        List<String> kill = new ArrayList<>(List.of("/bin/kill", "-TERM"));
        children.forEach(child -> kill.add(Long.toString(child.pid())));
        kill.add(Long.toString(parent.pid()));

        assertThat(new ProcessBuilder(kill).start().waitFor()).isZero();

        assertThat(becomesTrue(() -> children.stream().noneMatch(ProcessHandle::isAlive), LIMIT))
                .isTrue();
        assertThat(folder).doesNotExist();
    }

    @Test
    void startsAgainAtOnceInTheFolderOfAKilledParent(@TempDir Path folder) throws Exception {
        Process parent = SandboxHost.start(SandboxHost.class, folder.toString());
        folderOnceReady(parent);
        List<ProcessHandle> children = parent.descendants().toList();

        parent.destroyForcibly();

        try (Sandbox next = Sandbox.start(SandboxOptions.defaults().withFolder(folder))) {
            assertThat(children).hasSize(2).noneMatch(ProcessHandle::isAlive);
            assertThat(next.folder()).isEqualTo(folder);
        }
    }

    @Test
    void leavesNoChildWhenTheParentIsKilledDuringTheStart() throws Exception {
        Process parent = SandboxHost.start(SandboxHost.class);
        assertThat(becomesTrue(() -> parent.descendants().count() == 2, LONGEST_START))
                .isTrue();
        List<ProcessHandle> children = parent.descendants().toList();

        parent.destroyForcibly();

        assertThat(becomesTrue(() -> children.stream().noneMatch(ProcessHandle::isAlive), LIMIT))
                .isTrue();
    }

    private static Path folderOnceReady(Process parent) throws Exception {
        BufferedReader output = parent.inputReader();
        Path folder = Path.of(output.readLine());
        assertThat(Files.isDirectory(folder)).isTrue();
        return folder;
    }

    private static boolean becomesTrue(BooleanSupplier condition, Duration within) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(20);
        }
        return true;
    }
}
