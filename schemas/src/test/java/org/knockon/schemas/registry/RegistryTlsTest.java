package org.knockon.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistryTlsTest {

    private static final String PASSWORD = "changeit";
    private static final String SCHEMA_BODY = "{\"schema\":\"\\\"string\\\"\"}";

    private Path certificate;
    private Path keyStore;
    private Path trustStore;

    /** A key of "localhost" and a store that trusts it. */
    @BeforeAll
    void makeStores(@TempDir Path folder) throws IOException, InterruptedException {
        keyStore = folder.resolve("key.p12");
        trustStore = folder.resolve("trust.jks");
        certificate = folder.resolve("certificate.pem");
        keytool(keyStore, "-genkeypair", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost");
        keytool(keyStore, "-exportcert", "-rfc", "-file", certificate.toString());
        keytool(trustStore, "-importcert", "-noprompt", "-storetype", "JKS", "-file", certificate.toString());
    }

    @Test
    void acceptsServersThatItsTruststoreTrusts() throws Exception {
        try (HttpRegistry server = HttpRegistry.startTls(serverContext()).respond(200, SCHEMA_BODY)) {
            Map<String, Object> config = config(server);
            config.put("schema.registry.ssl.truststore.location", trustStore.toString());
            config.put("schema.registry.ssl.truststore.password", PASSWORD);
            config.put("schema.registry.ssl.truststore.type", "JKS");
            try (Registry registry = RegistryClient.open(config)) {
                assertThat(registry.byId(1)).isNotNull();
            }
        }
    }

    @Test
    void refusesAllOtherServers() throws Exception {
        try (HttpRegistry server = HttpRegistry.startTls(serverContext()).respond(200, SCHEMA_BODY)) {
            try (Registry registry = RegistryClient.open(config(server))) {
                assertThatThrownBy(() -> registry.byId(1))
                        .isInstanceOf(RegistryUnavailableException.class)
                        .hasMessageEndingWith(
                                "certificate of " + URI.create(server.url()).getAuthority()
                                        + " not trusted: unable to find valid certification path to requested target;"
                                        + " set schema.registry.ssl.truststore.location");
            }
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void presentsItsOwnCertificate() throws Exception {
        try (HttpRegistry server = HttpRegistry.startMutualTls(serverContext()).respond(200, SCHEMA_BODY)) {
            Map<String, Object> config = config(server);
            config.put("schema.registry.ssl.truststore.certificates", Files.readString(certificate));
            config.put("schema.registry.ssl.truststore.type", "PEM");
            try (Registry registry = RegistryClient.open(config)) {
                assertThatThrownBy(() -> registry.byId(1)).isInstanceOf(RegistryUnavailableException.class);
            }
            config.put("schema.registry.ssl.keystore.location", keyStore.toString());
            config.put("schema.registry.ssl.keystore.password", PASSWORD);
            config.put("schema.registry.ssl.keystore.type", "PKCS12");
            config.put("schema.registry.ssl.key.password", PASSWORD);
            try (Registry registry = RegistryClient.open(config)) {
                assertThat(registry.byId(1)).isNotNull();
            }
        }
    }

    private static Map<String, Object> config(HttpRegistry server) {
        Map<String, Object> config = new HashMap<>();
        config.put("schema.registry.url", server.url());
        config.put("max.retries", 0);
        return config;
    }

    private SSLContext serverContext() throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(keyStore, "PKCS12"), PASSWORD.toCharArray());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(load(trustStore, "JKS"));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    private static KeyStore load(Path file, String type) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(type);
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-alias", "localhost", "-keystore", store.toString(), "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
