package org.knockon.streams.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceNameTest {

    @TempDir
    private Path folder;

    @Test
    void outlivesTheProcess() {
        assertThat(InstanceName.of(folder, "a")).isNotBlank().isEqualTo(InstanceName.of(folder, "a"));
    }

    @Test
    void isUniqueToAnInstance() {
        assertThat(InstanceName.of(folder, "a"))
                .isNotEqualTo(InstanceName.of(folder, "b"))
                .isNotEqualTo(InstanceName.of(folder.resolve("another"), "a"));
    }

    @Test
    void namesAnUnusableFolder() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> InstanceName.of(file, "a"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("state.dir " + file);
    }
}
