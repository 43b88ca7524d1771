package org.knockon.cli.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knockon.cli.Knockon;
import org.knockon.cli.console.ExitCodes;

/** What a command says in its one line when a server cannot be used. */
@Timeout(120)
class ServerFaultsTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;

    @Test
    void saysThatThePortSpeaksTls() throws Exception {
        try (ServerSocket tls = tlsContext().getServerSocketFactory().createServerSocket(0, 10, loopback())) {
            Thread refusing = new Thread(() -> refuseAll(tls));
            refusing.start();
            String at = "127.0.0.1:" + tls.getLocalPort();

            assertThat(error("topics", "list", "--bootstrap-server", at, "--timeout", "20"))
                    .isEqualTo(at + " speaks TLS; set security.protocol to SSL, or to SASL_SSL to log in");
        }
    }

    @Test
    void saysThatThePortBelongsToAnotherServer() throws Exception {
        try (ServerSocket web = new ServerSocket(0, 10, loopback())) {
            Thread refusing = new Thread(() -> badRequest(web));
            refusing.start();
            String at = "127.0.0.1:" + web.getLocalPort();

            assertThat(error("topics", "list", "--bootstrap-server", at, "--timeout", "20"))
                    .isEqualTo(at + " does not speak Kafka's protocol; is it another server's port?");
        }
    }

    @Test
    void saysThatABrokerWasReachedButIsSlow() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, loopback())) {
            String at = "127.0.0.1:" + silent.getLocalPort();

            assertThat(error("topics", "list", "--bootstrap-server", at, "--timeout", "1"))
                    .isEqualTo("reached " + at + ", but no answer within 1 s: it is slow, or security.protocol"
                            + " (PLAINTEXT) is wrong; --timeout waits longer");
        }
    }

    /** A log-in over TLS that does not get an answer in time. */
    @Test
    void saysTheSameWithTls() throws Exception {
        Path file = Files.writeString(folder.resolve("tls.properties"), "security.protocol=SSL\n");
        try (ServerSocket silent = new ServerSocket(0, 10, loopback())) {
            String at = "127.0.0.1:" + silent.getLocalPort();

            assertThat(error(
                            "topics",
                            "list",
                            "--bootstrap-server",
                            at,
                            "--timeout",
                            "1",
                            "--command-config",
                            file.toString()))
                    .startsWith("reached " + at + ", but no answer within 1 s");
        }
    }

    @Test
    void saysThatARegistryWasReachedButIsSlow() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, loopback())) {
            String url = "http://127.0.0.1:" + silent.getLocalPort();

            assertThat(error("watch", "--schema-registry-url", url, "--timeout", "1"))
                    .isEqualTo("reached the schema registry at " + url
                            + ", but no answer within 1 s: it is slow; --timeout waits longer");
        }
    }

    @Test
    void saysThatTheCertificateOfTheRegistryIsNotTrusted() throws Exception {
        HttpsServer registry = HttpsServer.create(new InetSocketAddress(loopback(), 0), 0);
        registry.setHttpsConfigurator(new HttpsConfigurator(tlsContext()));
        registry.start();
        try {
            String host = "localhost:" + registry.getAddress().getPort();

            assertThat(error("watch", "--schema-registry-url", "https://" + host))
                    .isEqualTo("certificate of " + host + " not trusted: unable to find valid certification path to"
                            + " requested target; set schema.registry.ssl.truststore.location");
        } finally {
            registry.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, user or password refused by the registry at URL (HTTP 401)",
        "403, user or password refused by the registry at URL (HTTP 403)",
        "404, at URL: HTTP 404",
        "503, the schema registry at URL is not ready: HTTP 503"
    })
    void saysInOneLineWhatTheRegistryAnsweredAndQuotesNoPage(int status, String end) throws Exception {
        HttpServer registry = web(status, "<html>\n<h1>Proxy</h1>\n</html>");
        try {
            String url = "http://127.0.0.1:" + registry.getAddress().getPort();

            assertThat(error("watch", "--schema-registry-url", url)).endsWith(end.replace("URL", url));
        } finally {
            registry.stop(0);
        }
    }

    /** Runs a command that must fail, and returns its only line on standard error without the name of the program. */
    private static String error(String... arguments) {
        StringWriter err = new StringWriter();
        int exitCode = Knockon.commandLine()
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        assertThat(exitCode).as(err.toString()).isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(err.toString().lines()).singleElement().asString().startsWith("knockon: ");
        return err.toString().strip().substring("knockon: ".length());
    }

    private static HttpServer web(int status, String page) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(loopback(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = page.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static void refuseAll(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                ((SSLSocket) client).startHandshake();
            } catch (SSLException refused) {
                // The alert has been sent.
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void badRequest(ServerSocket server) {
        try (Socket client = server.accept()) {
            client.getInputStream().readNBytes(14);
            client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With a self-signed certificate for localhost. */
    private SSLContext tlsContext() throws Exception {
        Path store = folder.resolve("key.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "localhost",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(output).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }
}
