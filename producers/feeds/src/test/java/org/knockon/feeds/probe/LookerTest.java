package org.knockon.feeds.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.impact.model.SystemStatus;

/** Looks at servers on this machine. */
class LookerTest {

    private static final long TIMEOUT = 1_000;
    private static final long DAY = 24 * 60 * 60 * 1000L;
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Looker looker;
    private HttpServer http;
    private int port;

    @BeforeEach
    void start() throws IOException, GeneralSecurityException {
        looker = new Looker(TIMEOUT, SSLContext.getDefault());
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.start();
        port = http.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        http.stop(0);
        threads.shutdownNow();
    }

    @Test
    void aStatusInTheRangeIsUp() {
        answers("/", 204, 0);
        assertThat(page("/")).isEqualTo(new Look(SystemStatus.UP, null));
    }

    @Test
    void aStatusOutsideIsDown() {
        answers("/", 503, 10);
        assertThat(page("/")).isEqualTo(new Look(SystemStatus.DOWN, "status 503"));
    }

    @Test
    void redirectsAreNotFollowed() {
        AtomicInteger followed = new AtomicInteger();
        http.createContext("/elsewhere", exchange -> {
            followed.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
        });
        http.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
        });
        assertThat(page("/").status()).isEqualTo(SystemStatus.UP);
        assertThat(followed).hasValue(0);
    }

    @Test
    void aHugeBodyIsNotReadToItsEnd() {
        http.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] piece = new byte[8192];
            while (true) {
                exchange.getResponseBody().write(piece);
            }
        });
        assertThat(page("/")).isEqualTo(Look.UP);
    }

    @Test
    void aBodyThatNeverEndsIsATimeout() {
        http.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('a');
            exchange.getResponseBody().flush();
        });
        assertThat(page("/")).isEqualTo(Look.down("timeout"));
    }

    @Test
    void aServerThatDoesNotAnswerIsATimeout() throws IOException {
        try (ServerSocket silent = listening()) {
            assertThat(looker.look(http(silent.getLocalPort(), "/"), 0)).isEqualTo(Look.down("timeout"));
        }
    }

    @Test
    void anUnknownNameIsDns() {
        assertThat(looker.look(new ProbeTarget.Tcp("pas", "no-such-host.invalid", 80), 0))
                .isEqualTo(Look.down("dns"));
        assertThat(looker.look(new ProbeTarget.Http("pas", URI.create("http://no-such-host.invalid/"), 200, 399), 0))
                .isEqualTo(Look.down("dns"));
    }

    @Test
    void aClosedPortIsRefused() throws IOException {
        int closed;
        try (ServerSocket server = listening()) {
            closed = server.getLocalPort();
        }
        assertThat(looker.look(tcp(closed), 0)).isEqualTo(Look.down("refused"));
        assertThat(looker.look(http(closed, "/"), 0)).isEqualTo(Look.down("refused"));
    }

    @Test
    void anOpenPortIsUp() throws IOException {
        try (ServerSocket server = listening()) {
            assertThat(looker.look(tcp(server.getLocalPort()), 0)).isEqualTo(Look.UP);
        }
    }

    @Test
    void aPortWithoutTlsIsTls() throws IOException {
        try (ServerSocket server = listening()) {
            threads.execute(() -> greet(server));
            assertThat(looker.look(new ProbeTarget.Tls("pas", "localhost", server.getLocalPort(), DAY), 0))
                    .isEqualTo(Look.down("tls"));
        }
    }

    @Test
    void aPeerThatTrickleFeedsTheHandshakeIsATimeout() throws IOException {
        try (ServerSocket server = listening()) {
            threads.execute(() -> trickle(server));
            assertThat(looker.look(new ProbeTarget.Tls("pas", "localhost", server.getLocalPort(), DAY), 0))
                    .isEqualTo(Look.down("timeout"));
        }
    }

    @Test
    void theCertificateDecides(@TempDir Path folder) throws Exception {
        KeyStore store = certificate(folder);
        try (ServerSocket server =
                context(store).getServerSocketFactory().createServerSocket(0, 10, InetAddress.getByName("localhost"))) {
            threads.execute(() -> handshakes(server));
            int tls = server.getLocalPort();
            long now = System.currentTimeMillis();
            Looker trusting = new Looker(TIMEOUT, context(store));
            assertThat(trusting.look(new ProbeTarget.Tls("pas", "localhost", tls, 14 * DAY), now))
                    .isEqualTo(Look.UP);
            assertThat(trusting.look(new ProbeTarget.Tls("pas", "localhost", tls, 40 * DAY), now))
                    .isEqualTo(new Look(SystemStatus.DEGRADED, "certificate expires in 29 d"));
            assertThat(trusting.look(new ProbeTarget.Tls("pas", "127.0.0.1", tls, DAY), now))
                    .as("a certificate for another name")
                    .isEqualTo(Look.down("tls"));
            assertThat(looker.look(new ProbeTarget.Tls("pas", "localhost", tls, DAY), now))
                    .as("a certificate of nobody that is trusted")
                    .isEqualTo(Look.down("tls"));
        }
    }

    private void answers(String path, int status, int length) {
        http.createContext(path, exchange -> {
            exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
            exchange.getResponseBody().write(new byte[length]);
            exchange.close();
        });
    }

    private Look page(String path) {
        return looker.look(http(port, path), 0);
    }

    private static ProbeTarget http(int port, String path) {
        return new ProbeTarget.Http("pas", URI.create("http://127.0.0.1:" + port + path), 200, 399);
    }

    private static ProbeTarget tcp(int port) {
        return new ProbeTarget.Tcp("pas", "127.0.0.1", port);
    }

    private static ServerSocket listening() throws IOException {
        return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    /** As a mail server does, which speaks first and in plain text. */
    private static void greet(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream().write("220 mail.example ready\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            // The looker has closed the connection.
            return;
        }
    }

    /** The beginning of a long TLS record, one byte at a time. */
    private static void trickle(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream().write(new byte[] {22, 3, 3, 16, 0});
            while (true) {
                socket.getOutputStream().write(2);
                Thread.sleep(50);
            }
        } catch (IOException e) {
            // The looker has closed the connection.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void handshakes(ServerSocket server) {
        while (!server.isClosed()) {
            try (SSLSocket socket = (SSLSocket) server.accept()) {
                socket.startHandshake();
            } catch (IOException e) {
                // Refused by the looker, or the test is over.
                continue;
            }
        }
    }

    private static KeyStore certificate(Path folder)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path file = folder.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "probed",
                        "-validity",
                        "30",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(output).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    /** Shows the certificate of the store, and trusts it alone. */
    private static SSLContext context(KeyStore store) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        try {
            trusted.load(null, null);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
        trusted.setCertificateEntry("probed", store.getCertificate("probed"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
