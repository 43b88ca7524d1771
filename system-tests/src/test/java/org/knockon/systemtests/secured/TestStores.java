package org.knockon.systemtests.secured;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The key and self-signed certificate of the brokers, who all have the same, and a store that trusts it. Both are PKCS #12. A client that
 * presents this certificate is the user {@link #PRINCIPAL}.
 */
record TestStores(Path key, Path trust) {

    static final String PASSWORD = "changeit";
    static final String PRINCIPAL = "User:CN=broker";

    private static final String TYPE = "PKCS12";
    private static final String ALIAS = "broker";

    /** @param hosts addresses for which the certificate is valid */
    static TestStores in(Path folder, List<String> hosts) throws IOException, InterruptedException {
        TestStores stores = new TestStores(folder.resolve("key.p12"), folder.resolve("trust.p12"));
        generateKey(stores.key, hosts.stream().map(host -> "ip:" + host).collect(Collectors.joining(",")));
        try {
            KeyStore own = KeyStore.getInstance(TYPE);
            try (InputStream in = Files.newInputStream(stores.key)) {
                own.load(in, PASSWORD.toCharArray());
            }
            KeyStore trusted = KeyStore.getInstance(TYPE);
            trusted.load(null, null);
            trusted.setCertificateEntry(ALIAS, own.getCertificate(ALIAS));
            try (OutputStream out = Files.newOutputStream(stores.trust)) {
                trusted.store(out, PASSWORD.toCharArray());
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return stores;
    }

    private static void generateKey(Path store, String addresses) throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                PRINCIPAL.replace("User:", ""),
                "-ext",
                "san=" + addresses + ",dns:localhost",
                "-alias",
                ALIAS,
                "-keystore",
                store.toString(),
                "-storetype",
                TYPE,
                "-storepass",
                PASSWORD);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
