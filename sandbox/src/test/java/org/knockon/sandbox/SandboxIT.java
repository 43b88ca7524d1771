package org.knockon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SandboxIT {
    @Test
    void starts() {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withProgress(System.out::println))) {
            System.out.println(sandbox.bootstrapServers() + " " + sandbox.schemaRegistryUrl() + " " + sandbox.folder());
            assertThat(sandbox.folder()).exists();
        }
    }
}
