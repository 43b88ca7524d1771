package org.knockon.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.cli.doctor.Check.Result;
import org.knockon.feeds.settings.FeedsFileReader;
import org.knockon.server.tls.PemCertificates;
import org.knockon.server.tls.SelfSignedCertificate;

class FeedChecksTest {

    /** Later than the certificates that the tests make. */
    private final Instant today = Instant.now().plus(Duration.ofMinutes(10));

    private static final String LOGIN = "Basic "
            + Base64.getEncoder().encodeToString("knockon:a-password-of-icinga".getBytes(StandardCharsets.UTF_8));

    private static final String PAS = "pseudonyms: {keyFile: pseudonym.key, identifiers: [{name: mrn, hl7: [RJ1]}]}\n";

    @TempDir
    private Path folder;

    private HttpServer page;
    private HttpsServer tlsPage;

    @BeforeEach
    void open() throws IOException {
        page = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        page.createContext("/health", exchange -> respond(exchange, 503));
        page.createContext("/v1", exchange -> respond(exchange, loggedIn(exchange) ? 200 : 401));
        page.start();
        secret("pseudonym.key", "0123456789abcdef0123456789abcdef");
    }

    @AfterEach
    void close() {
        page.stop(0);
        if (tlsPage != null) {
            tlsPage.stop(0);
        }
    }

    private static boolean loggedIn(HttpExchange exchange) {
        return LOGIN.equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private static void respond(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Test
    void saysWhichPortsAreTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Check> checks = check(
                    PAS + "http: {port: 0}\nfeeds:\n"
                            + "  - {name: pas, kind: hl7, zone: Europe/London, port: " + taken.getLocalPort() + "}\n"
                            + "  - {name: ris, kind: hl7, zone: Europe/London, port: " + freePort() + "}\n",
                    today);

            assertThat(checks)
                    .extracting(Check::what, Check::result)
                    .containsExactly(
                            tuple("feeds file", Result.OK),
                            tuple("port of the HTTP server", Result.OK),
                            tuple("port of pas", Result.UNAVAILABLE),
                            tuple("port of ris", Result.OK));
            assertThat(checks.get(2).detail())
                    .startsWith("127.0.0.1:" + taken.getLocalPort() + ": ")
                    .contains("in use");
        }
    }

    @Test
    void saysWhichAddressThisMachineDoesNotHave() throws IOException {
        List<Check> checks = check(
                PAS + "http: {port: 0}\nfeeds:\n  - {name: pas, kind: hl7, zone: Europe/London, port: 2575,"
                        + " bind: 192.0.2.1, insecure: true}\n",
                today);

        assertThat(checks)
                .filteredOn(each -> each.what().equals("port of pas"))
                .singleElement()
                .satisfies(port -> {
                    assertThat(port.result()).isEqualTo(Result.UNAVAILABLE);
                    assertThat(port.detail()).startsWith("192.0.2.1:2575: ").doesNotContain("choose another port");
                });
    }

    @Test
    void warnsOfCertificatesBeforeTheyExpireAndFailsAfterwards() throws Exception {
        SelfSignedCertificate.write(List.of("localhost"), folder.resolve("tls.pem"), folder.resolve("tls.key"));
        String file = PAS + "http: {port: 0, tlsCert: tls.pem, tlsKey: tls.key}\nfeeds:\n"
                + "  - {name: pas, kind: hl7, zone: Europe/London, port: 0, tlsCert: tls.pem, tlsKey: tls.key,"
                + " clientCa: tls.pem}\n";

        for (String what : List.of("certificate of the HTTP server", "certificate of pas", "authorities of pas")) {
            assertThat(result(file, what, today)).as(what).isEqualTo(Result.OK);
            assertThat(result(file, what, today.plus(Duration.ofDays(815))))
                    .as(what)
                    .isEqualTo(Result.WARNING);
            assertThat(result(file, what, today.plus(Duration.ofDays(826))))
                    .as(what)
                    .isEqualTo(Result.UNAVAILABLE);
            assertThat(result(file, what, today.minus(Duration.ofDays(2))))
                    .as(what)
                    .isEqualTo(Result.UNAVAILABLE);
        }
    }

    @Test
    void looksAtEachTargetOfProbesOnce() throws Exception {
        HttpsServer secured = secured();
        int closed = freePort();
        List<Check> checks = check(
                "http: {port: 0}\nfeeds:\n  - name: probes\n    kind: probe\n    timeout: 2s\n    systems:\n"
                        + "      - {id: pas, http: \"http://127.0.0.1:" + port() + "/health\"}\n"
                        + "      - {id: ris, http: \"http://127.0.0.1:" + port() + "/health\", expect: 503}\n"
                        + "      - {id: pacs, tcp: \"127.0.0.1:" + closed + "\"}\n"
                        + "      - {id: lab, tls: \"localhost:"
                        + secured.getAddress().getPort() + "\"}\n",
                today);

        assertThat(checks.subList(2, checks.size()))
                .containsExactly(
                        Check.unavailable("probe of probes", "pas, http://127.0.0.1:" + port() + "/health: status 503"),
                        Check.ok("probe of probes", "ris, http://127.0.0.1:" + port() + "/health"),
                        Check.unavailable("probe of probes", "pacs, tcp 127.0.0.1:" + closed + ": refused"),
                        Check.unavailable(
                                "probe of probes",
                                "lab, tls localhost:" + secured.getAddress().getPort() + ": tls"));
    }

    @Test
    void saysWhetherIcingaAcceptsTheLogin() throws IOException {
        String url = "http://127.0.0.1:" + port();

        assertThat(icinga(url, "knockon:a-password-of-icinga"))
                .containsExactly(Check.ok("Icinga of icinga", url + " accepts the login"));
        assertThat(icinga(url + "/", "knockon:another"))
                .containsExactly(Check.denied("Icinga of icinga", url + "/ does not accept the login in userFile"));
        assertThat(icinga(url + "/elsewhere", "knockon:a-password-of-icinga"))
                .singleElement()
                .satisfies(check -> assertThat(check.result()).isEqualTo(Result.UNAVAILABLE))
                .satisfies(check -> assertThat(check.detail()).contains("status 404"));
        int closed = freePort();
        assertThat(icinga("http://127.0.0.1:" + closed, "knockon:a-password-of-icinga"))
                .containsExactly(Check.unavailable("Icinga of icinga", "http://127.0.0.1:" + closed + ": refused"));
    }

    @Test
    void saysWhetherTheCertificateOfIcingaIsTrusted() throws Exception {
        String url = "https://localhost:" + secured().getAddress().getPort();

        assertThat(icinga(url, "knockon:a-password-of-icinga"))
                .singleElement()
                .satisfies(check -> assertThat(check.result()).isEqualTo(Result.UNAVAILABLE))
                .satisfies(check -> assertThat(check.detail()).contains("tls; caFile must hold"));
        assertThat(icinga(url + "\", caFile: \"page.pem", "knockon:a-password-of-icinga"))
                .extracting(Check::what, Check::result)
                .containsExactly(
                        tuple("authorities of icinga", Result.OK),
                        tuple("Icinga of icinga", Result.OK),
                        tuple("certificate of Icinga of icinga", Result.OK));
    }

    private List<Check> icinga(String url, String login) throws IOException {
        secret("icinga.user", login);
        List<Check> checks = check(
                "http: {port: 0}\nfeeds:\n  - {name: icinga, kind: icinga, url: \"" + url
                        + "\", userFile: icinga.user, systems: [{match: {host: pacs}, id: pacs}]}\n",
                today);
        assertThat(checks).noneMatch(check -> check.detail().contains("a-password-of-icinga"));
        return checks.subList(2, checks.size());
    }

    @Test
    void passesOnWhatTheFileIsWarnedOf() throws IOException {
        List<Check> checks = check(
                "http: {port: 0}\nfeeds:\n  - {name: am, kind: alertmanager, heartbeat: {match: {alertname: Watchdog}},"
                        + " systems: [{label: system}]}\n",
                today);

        assertThat(checks)
                .filteredOn(check -> check.result() == Result.WARNING)
                .singleElement()
                .satisfies(warning -> assertThat(warning.detail()).startsWith("feed am: "));
    }

    private Result result(String yaml, String what, Instant now) throws IOException {
        return check(yaml, now).stream()
                .filter(check -> check.what().equals(what))
                .findFirst()
                .orElseThrow()
                .result();
    }

    private List<Check> check(String yaml, Instant now) throws IOException {
        Path file = Files.writeString(folder.resolve("feeds.yaml"), yaml);
        return FeedChecks.of(file, FeedsFileReader.read(file), now);
    }

    private int port() {
        return page.getAddress().getPort();
    }

    /** The same page with TLS, as localhost. */
    private HttpsServer secured() throws Exception {
        Path certificate = folder.resolve("page.pem");
        Path key = folder.resolve("page.key");
        SelfSignedCertificate.write(List.of("localhost"), certificate, key);
        String pem = Files.readString(key).replaceAll("-----[A-Z ]+-----", "");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "page",
                KeyFactory.getInstance("EC")
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem))),
                new char[0],
                PemCertificates.list(certificate).toArray(X509Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        tlsPage = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        tlsPage.setHttpsConfigurator(new HttpsConfigurator(context));
        tlsPage.createContext("/v1", exchange -> respond(exchange, loggedIn(exchange) ? 200 : 401));
        tlsPage.start();
        return tlsPage;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void secret(String name, String content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
