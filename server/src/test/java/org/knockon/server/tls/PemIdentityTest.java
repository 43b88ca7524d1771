package org.knockon.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
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
    void servesAClientThatShowsACertificateOfTheAuthorities() throws Exception {
        assertThat(exchange(PemIdentity.read(client).context(Optional.of(PemCertificates.of(server.certificate())))))
                .isEqualTo('k');
    }

    @Test
    void refusesAClientWithoutACertificate() throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(PemCertificates.of(server.certificate()).store());
        SSLContext anonymous = SSLContext.getInstance("TLS");
        anonymous.init(null, trust.getTrustManagers(), null);

        assertThatThrownBy(() -> exchange(anonymous)).isInstanceOf(IOException.class);
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

    /** Connects to a server that demands a certificate of the client, and returns the byte that it sends. */
    private int exchange(SSLContext connecting) throws Exception {
        SSLContext context = PemIdentity.read(server).context(Optional.of(PemCertificates.of(client.certificate())));
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (SSLServerSocket listener = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listener.setNeedClientAuth(true);
            Callable<Void> serve = () -> {
                try (SSLSocket accepted = (SSLSocket) listener.accept()) {
                    accepted.getOutputStream().write('k');
                }
                return null;
            };
            Future<Void> served = threads.submit(serve);
            try (SSLSocket socket = (SSLSocket) connecting
                    .getSocketFactory()
                    .createSocket(InetAddress.getLoopbackAddress(), listener.getLocalPort())) {
                int first = socket.getInputStream().read();
                served.get();
                return first;
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
