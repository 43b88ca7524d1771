package org.knockon.systemtests.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.feeds.settings.FeedSettings;
import org.knockon.feeds.settings.FeedsFile;
import org.knockon.feeds.settings.FeedsFileReader;
import org.knockon.server.tls.SelfSignedCertificate;

/** The feeds file in the manifests is one that ingest accepts, with the Secrets that it names. */
class FeedsExampleTest {

    @TempDir
    private Path folder;

    @Test
    void theExampleIsAccepted() throws Exception {
        Manifest map = Manifest.in("feeds/ingest.yaml").stream()
                .filter(manifest -> manifest.kind().equals("ConfigMap"))
                .findFirst()
                .orElseThrow();
        SelfSignedCertificate.write(List.of("feeds.example.org"), folder.resolve("tls.crt"), folder.resolve("tls.key"));
        Files.copy(folder.resolve("tls.crt"), folder.resolve("senders.crt"));
        for (String name : List.of("pseudonym.key", "http.token", "am.token")) {
            Path secret = Files.writeString(folder.resolve(name), "0123456789abcdef0123456789abcdef");
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        }
        String example = map.map("data").get("feeds.yaml").toString().replace("/run/secrets/feeds", folder.toString());

        FeedsFile file = FeedsFileReader.read(Files.writeString(folder.resolve("feeds.yaml"), example));

        assertThat(file.feeds()).extracting(FeedSettings::name).containsExactly("pas", "am");
        assertThat(file.http().open()).isTrue();
    }
}
