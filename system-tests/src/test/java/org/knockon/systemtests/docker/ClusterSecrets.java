package org.knockon.systemtests.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** What docker/image/cluster-secrets makes in a folder of this machine. */
record ClusterSecrets(Path folder) {

    private static final Path SCRIPT = ComposeFile.FOLDER.resolve("image/cluster-secrets");

    void make(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", SCRIPT.toString(), "--folder", folder.toString()));
        command.addAll(List.of(options));
        ProcessBuilder script = new ProcessBuilder(command).redirectErrorStream(true);
        String java = Path.of(System.getProperty("java.home"), "bin").toString();
        script.environment().merge("PATH", java, (path, first) -> first + File.pathSeparator + path);
        Process process = script.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    /** The same files elsewhere: to make them takes half a minute. */
    ClusterSecrets copyTo(Path other) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Files.copy(file, other.resolve(folder.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return new ClusterSecrets(other);
    }

    /** The bytes of each file, by its path below the folder. */
    Map<String, String> files() throws IOException {
        Map<String, String> contents = new HashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString(), new String(Files.readAllBytes(file), ISO_8859_1));
            }
        }
        return contents;
    }

    Properties properties(String file) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(Files.readString(folder.resolve(file))));
        return properties;
    }

    /** A key store, whose key can be read with the password beside it. */
    KeyStore store(String name) throws IOException, GeneralSecurityException {
        char[] password = properties(name + "/secrets.properties")
                .getProperty("store.password")
                .toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(name).resolve("key.p12"))) {
            store.load(in, password);
        }
        assertThat(store.getKey(name, password)).isNotNull();
        return store;
    }

    X509Certificate authority() throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(folder.resolve("authority/ca.pem"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
