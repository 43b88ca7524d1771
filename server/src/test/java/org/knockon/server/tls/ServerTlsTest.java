package org.knockon.server.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServerTlsTest {

    @TempDir
    private Path folder;

    private final Server server = new Server();
    private PemFiles first;
    private PemFiles renewed;
    private PemFiles inUse;
    private ServerTls tls;
    private ServerConnector connector;

    @BeforeEach
    void makeCertificates() throws Exception {
        first = make("first");
        renewed = make("renewed");
        inUse = new PemFiles(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
        put(first.certificate(), inUse.certificate());
        put(first.key(), inUse.key());
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void newConnectionsGetARenewedCertificateAndOpenOnesGoOn() throws Exception {
        start(Optional.empty());
        try (SSLSocket open = connect(first, Optional.empty())) {
            renew();

            assertThat(certificateOf(renewed)).isEqualTo(read(renewed.certificate()));
            assertThat(tls.names("renewed.example")).isTrue();
            assertThat(tls.names("first.example")).isFalse();
            assertThat(request(open)).startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void theCertificateIsRenewedWithoutACall() throws Exception {
        start(Optional.empty());
        put(renewed.certificate(), inUse.certificate());
        put(renewed.key(), inUse.key());
        while (!tls.names("renewed.example")) {
            Thread.sleep(50);
        }

        assertThat(certificateOf(renewed)).isEqualTo(read(renewed.certificate()));
    }

    @Test
    void halfARenewalChangesNothing() throws Exception {
        start(Optional.empty());
        put(renewed.certificate(), inUse.certificate());
        tls.check();
        tls.check();
        tls.check();
        assertThat(certificateOf(first)).isEqualTo(read(first.certificate()));

        put(renewed.key(), inUse.key());
        tls.check();
        tls.check();
        assertThat(certificateOf(renewed)).isEqualTo(read(renewed.certificate()));
    }

    @Test
    void aFileThatIsGoneChangesNothing() throws Exception {
        start(Optional.empty());
        Files.delete(inUse.key());
        tls.check();
        tls.check();

        assertThat(certificateOf(first)).isEqualTo(read(first.certificate()));
    }

    @Test
    void changedAuthoritiesDecideAboutNewClients() throws Exception {
        PemFiles client = make("client");
        PemFiles next = make("next");
        Path authorities = folder.resolve("authorities.pem");
        put(client.certificate(), authorities);
        start(Optional.of(authorities));
        assertThat(request(connect(first, Optional.of(client)))).startsWith("HTTP/1.1 404");
        assertThatThrownBy(() -> request(connect(first, Optional.of(next)))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> request(connect(first, Optional.empty()))).isInstanceOf(IOException.class);

        put(next.certificate(), authorities);
        tls.check();
        tls.check();

        assertThat(request(connect(first, Optional.of(next)))).startsWith("HTTP/1.1 404");
        assertThatThrownBy(() -> request(connect(first, Optional.of(client)))).isInstanceOf(IOException.class);
    }

    @Test
    void refusesFilesThatCannotBeUsedAtTheStart() {
        assertThatThrownBy(() -> ServerTls.of(new PemFiles(inUse.certificate(), renewed.key())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(renewed.key() + " is not the key of " + inUse.certificate());
    }

    private void start(Optional<Path> authorities) throws Exception {
        tls = ServerTls.of(inUse, authorities);
        connector = tls.connector(server, new HttpConfiguration());
        connector.setHost("localhost");
        server.addConnector(connector);
        server.start();
    }

    private void renew() throws IOException {
        put(renewed.certificate(), inUse.certificate());
        put(renewed.key(), inUse.key());
        tls.check();
        tls.check();
    }

    private PemFiles make(String name) throws IOException, InterruptedException {
        PemFiles files = new PemFiles(folder.resolve(name + ".pem"), folder.resolve(name + "-key.pem"));
        SelfSignedCertificate.write(List.of(name + ".example"), files.certificate(), files.key());
        return files;
    }

    private static void put(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    }

    private X509Certificate certificateOf(PemFiles trusted) throws Exception {
        try (SSLSocket socket = connect(trusted, Optional.empty())) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private SSLSocket connect(PemFiles trusted, Optional<PemFiles> own) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(PemCertificates.of(trusted.certificate()).store());
        KeyManager[] keys = null;
        if (own.isPresent()) {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(PemIdentity.read(own.get()).store(), new char[0]);
            keys = factory.getKeyManagers();
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust.getTrustManagers(), null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", connector.getLocalPort());
        socket.setSoTimeout(20_000);
        socket.startHandshake();
        return socket;
    }

    private static String request(SSLSocket socket) throws IOException {
        try (socket) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    private static X509Certificate read(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
