package org.knockon.server.tls;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PemIdentityTest {

    @TempDir
    private Path folder;

    private PemFiles server;
    private PemFiles client;

    @BeforeEach
    void makeCertificates() throws Exception {
        server = make("server");
        client = make("client");
    }

    @Test
    void refusesAKeyOfAnotherCertificate() {
        assertThatThrownBy(() -> PemIdentity.read(new PemFiles(server.certificate(), client.key())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(client.key() + " is not the key of " + server.certificate());
    }

    @Test
    void refusesAKeyThatOthersCanRead() throws IOException {
        Files.setPosixFilePermissions(server.key(), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> PemIdentity.read(server)).hasMessageContaining("chmod 600");
    }

    @Test
    void refusesAFileWithoutACertificate() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");

        assertThatThrownBy(() -> PemCertificates.of(empty)).hasMessage(empty + " contains no certificate");
        assertThatThrownBy(() -> PemCertificates.of(folder.resolve("none.pem")))
                .hasMessageContaining("NoSuchFileException");
    }

    private PemFiles make(String name) throws IOException, InterruptedException {
        PemFiles files = new PemFiles(folder.resolve(name + ".pem"), folder.resolve(name + "-key.pem"));
        SelfSignedCertificate.write(List.of("localhost"), files.certificate(), files.key());
        return files;
    }
}
