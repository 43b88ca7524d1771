package org.knockon.warroom.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.server.tls.PemFiles;
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.access.AccessFile;
import org.knockon.warroom.access.AccessSettings;
import org.knockon.warroom.access.Role;

/** A war room with TLS on all addresses of the machine. */
@Timeout(60)
class TlsTest {

    @TempDir
    private Path folder;

    private SSLContext context;
    private HttpClient http;
    private String token;

    @BeforeEach
    void makeACertificate() throws Exception {
        SelfSignedCertificate certificate = new SelfSignedCertificate(folder);
        context = certificate.trusting();
        http = HttpClient.newBuilder().sslContext(context).build();
        token = new AccessFile(folder.resolve("access.json")).addToken("tv", Set.of(Role.VIEWER), true);
    }

    @Test
    void servesTlsOnlyAndTellsBrowsersToUseIt() throws Exception {
        try (WarRoomServer server = start("cert.pem", "key.pem")) {
            String there = "127.0.0.1:" + server.port();
            HttpResponse<String> wall = get("https://" + there + "/wall?token=" + token);
            assertThat(wall.statusCode()).isEqualTo(303);
            assertThat(wall.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
            assertThat(wall.headers().firstValue("Strict-Transport-Security")).isPresent();
            String cookie = wall.headers().firstValue("Set-Cookie").orElseThrow();
            assertThat(cookie).startsWith("__Host-").contains("Secure", "HttpOnly", "SameSite=Strict");
            HttpRequest next = HttpRequest.newBuilder(URI.create("https://" + there + "/api/v1/state"))
                    .header("Cookie", cookie.substring(0, cookie.indexOf(';')))
                    .build();
            assertThat(http.send(next, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
            assertThatThrownBy(() -> get("http://" + there + "/wall")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void namesTheFileThatCannotBeUsed() throws Exception {
        assertThatThrownBy(() -> start("cert.pem", "cert.pem"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cert.pem")
                .hasMessageContaining("PKCS #8");
        assertThatThrownBy(() -> start("missing.pem", "key.pem"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("missing.pem");
        Files.setPosixFilePermissions(folder.resolve("key.pem"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> start("cert.pem", "key.pem"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key.pem")
                .hasMessageContaining("others may read");
    }

    @Test
    void rejectsAKeyThatDoesNotMatchTheCertificate() throws Exception {
        KeyPairGenerator other = KeyPairGenerator.getInstance("EC");
        SelfSignedCertificate.pem(
                folder,
                "other.pem",
                "PRIVATE KEY",
                other.generateKeyPair().getPrivate().getEncoded());
        assertThatThrownBy(() -> start("cert.pem", "other.pem"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("other.pem is not the key of");
    }

    @Test
    void acceptsTheNamesOfItsCertificateAndProbesByAddress() throws Exception {
        try (WarRoomServer server = start("cert.pem", "key.pem")) {
            assertThat(asked(server, "/wall", "wall.hospital.example")).startsWith("HTTP/1.1 401");
            assertThat(asked(server, "/wall", "WALL.hospital.example:" + server.port()))
                    .startsWith("HTTP/1.1 401");
            assertThat(asked(server, "/wall", "10.0.0.7")).startsWith("HTTP/1.1 401");
            assertThat(asked(server, "/wall", "localhost")).startsWith("HTTP/1.1 401");
            assertThat(asked(server, "/wall", "rebound.example")).startsWith("HTTP/1.1 400");
            assertThat(asked(server, "/wall", "10.0.0.8")).startsWith("HTTP/1.1 400");
            assertThat(asked(server, "/health/live", "10.0.0.8")).startsWith("HTTP/1.1 200");
        }
    }

    private String asked(WarRoomServer server, String path, String host) throws IOException {
        try (Socket socket = context.getSocketFactory().createSocket("127.0.0.1", server.port())) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private WarRoomServer start(String certificate, String key) {
        AccessSettings access = new AccessSettings(
                Optional.of(folder.resolve("access.json")),
                Optional.of(new PemFiles(folder.resolve(certificate), folder.resolve(key))),
                false);
        return WarRoomServer.start(
                new WarRoomSettings(
                        Map.of(), "knockon.", ZoneId.of("Europe/London"), "0.0.0.0", 0, Optional.empty(), access),
                new FakeBoard(),
                System::currentTimeMillis);
    }

    private HttpResponse<String> get(String address) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
