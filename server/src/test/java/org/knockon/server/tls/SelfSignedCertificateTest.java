package org.knockon.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfSignedCertificateTest {

    @TempDir
    private Path folder;

    private Path certificate;
    private Path key;

    @BeforeEach
    void nameFiles() {
        certificate = folder.resolve("wall.pem");
        key = folder.resolve("wall-key.pem");
    }

    @Test
    void isValidForEachHostAndForNoOther() throws Exception {
        SelfSignedCertificate.write(List.of("wall.example.org", "10.1.2.3", "localhost"), certificate, key);

        ServerTls tls = ServerTls.of(new PemFiles(certificate, key));
        assertThat(tls.names("wall.example.org")).isTrue();
        assertThat(tls.names("10.1.2.3")).isTrue();
        assertThat(tls.names("localhost")).isTrue();
        assertThat(tls.names("other.example.org")).isFalse();
    }

    @Test
    void hidesTheKeyFromOthers() throws Exception {
        SelfSignedCertificate.write(List.of("localhost"), certificate, key);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
    }

    @Test
    void neverWritesOverAFile() throws Exception {
        Files.writeString(certificate, "mine");

        assertThatThrownBy(() -> SelfSignedCertificate.write(List.of("localhost"), certificate, key))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(certificate).hasContent("mine");
        assertThat(key).doesNotExist();
    }

    @Test
    void refusesWhatIsNoHost() {
        assertThatThrownBy(() -> SelfSignedCertificate.write(List.of("a,dns:b"), certificate, key))
                .hasMessage("'a,dns:b' is neither a host name nor an address");
        assertThatThrownBy(() -> SelfSignedCertificate.write(List.of(), certificate, key))
                .hasMessageContaining("at least one host");
    }
}
