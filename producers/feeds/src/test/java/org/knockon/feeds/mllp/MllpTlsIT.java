package org.knockon.feeds.mllp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.server.tls.PemCertificates;
import org.knockon.server.tls.PemFiles;
import org.knockon.server.tls.SelfSignedCertificate;

/** The listener with TLS: one self-signed certificate serves both sides. */
@Timeout(60)
class MllpTlsIT {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final Duration ANSWER_WITHIN = Duration.ofMillis(500);
    /** Type of a TLS record that holds an alert, such as the goodbye of a clean end. */
    private static final int ALERT = 21;

    @TempDir
    static Path folder;

    private static KeyStore store;
    private static PemFiles identity;
    private MllpListener listener;

    @BeforeAll
    static void makeCertificate() throws Exception {
        Path file = folder.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "pas",
                        "-dname",
                        "CN=pas",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        assertThat(keytool.waitFor()).as(output).isZero();
        store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        identity = new PemFiles(
                pem("CERTIFICATE", store.getCertificate("pas").getEncoded()),
                pem("PRIVATE KEY", store.getKey("pas", PASSWORD).getEncoded()));
    }

    private static Path pem(String type, byte[] content) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Path file = folder.resolve(type.replace(' ', '-') + ".pem");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(
                file, "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n", US_ASCII);
    }

    @AfterEach
    void stop() {
        listener.close();
    }

    @Test
    void answersOverTls() throws Exception {
        start(message -> completedFuture(Optional.of(message.bytes())), false);
        try (RawSender sender = new RawSender(tls(context(false)))) {
            assertThat(sender.sendFrame("MSH|1").answer()).isEqualTo("MSH|1");
            assertThat(sender.sendFrame("MSH|2".repeat(10_000)).answer()).hasSize(50_000);
            assertThat(sender.send("\u000bA\u001c\r\u000bB\u001c\r").answer()).isEqualTo("A");
            assertThat(sender.answer()).isEqualTo("B");
        }
    }

    @Test
    void aSenderWithoutTheCertificateGetsNoAnswer() throws Exception {
        start(message -> completedFuture(Optional.of(message.bytes())), true);
        try (RawSender sender = new RawSender(tls(context(true)))) {
            assertThat(sender.sendFrame("MSH|1").answer()).isEqualTo("MSH|1");
        }

        assertThatThrownBy(() -> {
                    try (RawSender sender = new RawSender(tls(context(false)))) {
                        sender.sendFrame("MSH|1").answer();
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void aRenewedCertificateServesNewConnections() throws Exception {
        PemFiles inUse = new PemFiles(folder.resolve("in-use.pem"), folder.resolve("in-use-key.pem"));
        PemFiles renewed = new PemFiles(folder.resolve("renewed.pem"), folder.resolve("renewed-key.pem"));
        SelfSignedCertificate.write(List.of("127.0.0.1"), inUse.certificate(), inUse.key());
        SelfSignedCertificate.write(List.of("127.0.0.1"), renewed.certificate(), renewed.key());
        start(message -> completedFuture(Optional.of(message.bytes())), inUse, Optional.empty());

        Files.move(renewed.certificate(), inUse.certificate(), StandardCopyOption.REPLACE_EXISTING);
        Files.move(renewed.key(), inUse.key(), StandardCopyOption.REPLACE_EXISTING);

        SSLContext trusting = trusting(PemCertificates.of(inUse.certificate()).store(), null);
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> {
            try (RawSender sender = new RawSender(tls(trusting))) {
                assertThat(sender.sendFrame("MSH|1").answer()).isEqualTo("MSH|1");
            }
        });
    }

    @Test
    void plainBytesGetNoAnswer() throws Exception {
        start(message -> completedFuture(Optional.of(message.bytes())), false);
        try (RawSender sender = new RawSender(listener.port())) {
            sender.sendFrame("MSH|1");

            assertThat(endsWithoutAnAnswer(sender.socket())).isTrue();
        }
    }

    @Test
    void aMessageWithoutAnAnswerEndsWithAResetAndNoGoodbye() throws Exception {
        start(message -> completedFuture(Optional.empty()), false);
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), listener.port());
        RecordingSocket recording = new RecordingSocket(plain);
        SSLContext context = context(false);
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(recording, "127.0.0.1", listener.port(), true)) {
            // With TLS 1.2 the type of each record is not hidden.
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setSoTimeout(20_000);
            socket.startHandshake();
            recording.records.reset();
            socket.getOutputStream().write("\u000bMSH|1\u001c\r".getBytes(ISO_8859_1));

            assertThatThrownBy(() -> {
                        int b = socket.getInputStream().read();
                        throw new AssertionError("no reset but " + b);
                    })
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }

        byte[] records = recording.records.toByteArray();
        assertThat(records.length == 0 ? -1 : records[0]).isNotEqualTo((byte) ALERT);
    }

    private static boolean endsWithoutAnAnswer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b == 0x0B) {
                    return false;
                }
            }
        } catch (SocketException e) {
            return true;
        }
        return true;
    }

    private void start(MessageHandler handler, boolean clientCertificates) {
        start(handler, identity, clientCertificates ? Optional.of(identity.certificate()) : Optional.empty());
    }

    private void start(MessageHandler handler, PemFiles files, Optional<Path> authorities) {
        MllpSettings settings = new MllpSettings(
                "pas",
                "127.0.0.1",
                0,
                Optional.of(files),
                authorities,
                false,
                ANSWER_WITHIN,
                100,
                Duration.ofMinutes(1),
                1 << 20);
        listener = MllpListener.start(settings, handler, InstantSource.system());
    }

    private Socket tls(SSLContext context) throws IOException {
        return context.getSocketFactory().createSocket("127.0.0.1", listener.port());
    }

    private static SSLContext context(boolean withKey) throws Exception {
        KeyManager[] keys = null;
        if (withKey) {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, PASSWORD);
            keys = factory.getKeyManagers();
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("pas", store.getCertificate("pas"));
        return trusting(trusted, keys);
    }

    private static SSLContext trusting(KeyStore trusted, KeyManager[] keys) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust.getTrustManagers(), null);
        return context;
    }

    /** Keeps the bytes that come, beneath TLS. */
    private static final class RecordingSocket extends Socket {
        private final Socket socket;
        private final ByteArrayOutputStream records = new ByteArrayOutputStream();

        RecordingSocket(Socket socket) {
            this.socket = socket;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            InputStream in = socket.getInputStream();
            return new InputStream() {
                @Override
                public int read() throws IOException {
                    int b = in.read();
                    if (b >= 0) {
                        records.write(b);
                    }
                    return b;
                }

                @Override
                public int read(byte[] buffer, int from, int length) throws IOException {
                    int count = in.read(buffer, from, length);
                    if (count > 0) {
                        records.write(buffer, from, count);
                    }
                    return count;
                }
            };
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return socket.getOutputStream();
        }

        @Override
        public boolean isConnected() {
            return socket.isConnected();
        }

        @Override
        public InetAddress getInetAddress() {
            return socket.getInetAddress();
        }

        @Override
        public int getPort() {
            return socket.getPort();
        }

        @Override
        public synchronized void setSoTimeout(int millis) throws SocketException {
            socket.setSoTimeout(millis);
        }

        @Override
        public synchronized void close() throws IOException {
            socket.close();
        }
    }
}
