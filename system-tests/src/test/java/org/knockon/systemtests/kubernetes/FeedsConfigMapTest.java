package org.knockon.systemtests.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.feeds.settings.FeedsFile;
import org.knockon.feeds.settings.FeedsFileReader;

/** The feeds file in base/ingest.yaml, read as {@code knockon ingest} reads it. */
class FeedsConfigMapTest {

    private static final String SECRETS = "/run/secrets/feeds";

    @TempDir
    private Path folder;

    @Test
    void theFeedsFileIsValidAndListensOnThePortsOfThePod() throws IOException {
        Workload ingest = Workload.named("knockon-ingest");
        String text = ingest.configuration().get(0);
        Readme.secrets().stream()
                .filter(secret -> secret.startsWith("knockon-feeds "))
                .forEach(secret -> write(secret.substring(secret.indexOf(' ') + 1)));

        FeedsFile file = FeedsFileReader.read(
                Files.writeString(folder.resolve("feeds.yaml"), text.replace(SECRETS, folder.toString())));

        assertThat(file.warnings()).isEmpty();
        assertThat(file.http().open()).isTrue();
        assertThat(file.http().port()).isEqualTo(ingest.ports().get("https"));
        assertThat(file.feeds()).hasSize(2);
        assertThat(text).contains("port: " + ingest.ports().get("hl7") + "\n");
    }

    private void write(String name) {
        try {
            Path file = Files.writeString(folder.resolve(name), "0123456789abcdef0123456789abcdef");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
