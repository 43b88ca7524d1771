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
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.knockon.cli.rights.Role;

/** The certificates and passwords of docker/compose.secure.yaml, made here as the job makes them in its container. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class ClusterSecretsIT {

    private static final Path SCRIPT = ComposeFile.FOLDER.resolve("image/cluster-secrets");
    private static final List<String> CERTIFIED = List.of("broker-1", "broker-2", "broker-3", "admin", "registry");
    private static final String SERVER = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT = "1.3.6.1.5.5.7.3.2";

    @TempDir
    private static Path scratch;

    private Path folder;
    private Map<String, String> first;

    @BeforeAll
    void make() throws Exception {
        folder = scratch.resolve("two words");
        run();
        first = files();
    }

    @Test
    void aFolderForEachVolumeOfTheJob() throws IOException {
        try (Stream<Path> folders = Files.list(folder)) {
            assertThat(folders.map(path -> "/etc/knockon/secrets/" + path.getFileName()))
                    .containsExactlyInAnyOrderElementsOf(
                            ComposeFile.read("compose.secure.yaml").services().get("secrets").mounts().values().stream()
                                    .filter(mount -> mount.startsWith("/etc/"))
                                    .toList());
        }
        assertThat(CERTIFIED).allSatisfy(name -> assertThat(folder.resolve(name).resolve("ca.pem"))
                .hasSameTextualContentAs(folder.resolve("authority/ca.pem")));
    }

    @Test
    void onlyTheOwnerCanReadTheFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).hasSizeGreaterThan(20).allSatisfy(file -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .as(file.toString())
                    .isEqualTo("r--------"));
        }
    }

    /** The subject is the principal of super.users, and the names are those under which others connect. */
    @Test
    void certificatesAreOfTheAuthorityAndNameTheirHost() throws Exception {
        for (String name : CERTIFIED) {
            KeyStore store = store(name);
            assertThat(Collections.list(store.aliases())).containsExactly(name);
            X509Certificate certificate = (X509Certificate) store.getCertificate(name);

            certificate.verify(authority().getPublicKey());
            assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=" + name);
            assertThat(certificate.getSubjectAlternativeNames())
                    .extracting(alternative -> alternative.get(1))
                    .containsExactlyInAnyOrder(name, "localhost", "127.0.0.1");
            assertThat(certificate.getExtendedKeyUsage()).containsExactlyInAnyOrder(SERVER, CLIENT);
            assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
            assertThat(store.getCertificateChain(name)).hasSize(2);
        }
    }

    @Test
    void administratorAndRegistryKnowTheUserOfEachRole() throws IOException {
        Properties passwords = properties("admin/passwords.properties");
        Properties users = properties("registry/users.properties");

        assertThat(passwords.stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Role.values()).map(Role::toString).toList());
        for (Role role : Role.values()) {
            Properties own = properties(role + "/secrets.properties");
            String[] user = own.getProperty("registry.user.info").split(":");
            assertThat(passwords.getProperty(role.toString()))
                    .matches("[A-Za-z0-9]{32}")
                    .isEqualTo(own.getProperty("broker.password"));
            assertThat(user[0]).isEqualTo("knockon-" + role);
            assertThat(users.getProperty("quarkus.security.users.embedded.users." + user[0]))
                    .matches("[A-Za-z0-9]{32}")
                    .isEqualTo(user[1]);
            assertThat(users.getProperty("quarkus.security.users.embedded.roles." + user[0]))
                    .isEqualTo(role == Role.DEPLOYER || role == Role.REPLAY ? "sr-developer" : "sr-readonly");
        }
        assertThat(users.getProperty("quarkus.tls.key-store.p12.password"))
                .isEqualTo(properties("registry/secrets.properties").getProperty("store.password"));
        assertThat(secrets()).doesNotHaveDuplicates();
    }

    @Test
    void theNextRunChangesNothing() throws Exception {
        run();

        assertThat(files()).isEqualTo(first);
    }

    @Test
    void replacesOnlyWhatIsMissingAndRenewsOnlyCertificates() throws Exception {
        Path other = scratch.resolve("other");
        Path before = folder;
        try {
            folder = other;
            run();
            Map<String, String> made = files();
            Files.delete(other.resolve("streams/secrets.properties"));
            run();
            assertThat(changed(made))
                    .containsExactlyInAnyOrder(
                            "streams/secrets.properties", "admin/passwords.properties", "registry/users.properties");

            Map<String, String> repaired = files();
            run("--renew");
            assertThat(changed(repaired))
                    .containsExactlyInAnyOrderElementsOf(
                            CERTIFIED.stream().map(name -> name + "/key.p12").toList());
            certificatesAreOfTheAuthorityAndNameTheirHost();
        } finally {
            folder = before;
        }
    }

    private void run(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("bash", SCRIPT.toString(), "--folder", folder.toString()));
        command.addAll(List.of(options));
        ProcessBuilder script = new ProcessBuilder(command).redirectErrorStream(true);
        script.environment()
                .merge(
                        "PATH",
                        Path.of(System.getProperty("java.home"), "bin").toString(),
                        (path, java) -> java + File.pathSeparator + path);
        Process process = script.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    /** The content of each file, by its path. Key stores as text too: only whether they differ counts. */
    private Map<String, String> files() throws IOException {
        Map<String, String> contents = new HashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(
                        folder.relativize(file).toString(),
                        new String(Files.readAllBytes(file), ISO_8859_1));
            }
        }
        return contents;
    }

    private List<String> changed(Map<String, String> before) throws IOException {
        Map<String, String> now = files();
        assertThat(now.keySet()).isEqualTo(before.keySet());
        return now.keySet().stream()
                .filter(file -> !now.get(file).equals(before.get(file)))
                .toList();
    }

    private List<String> secrets() throws IOException {
        List<String> secrets = new ArrayList<>();
        for (Role role : Role.values()) {
            Properties own = properties(role + "/secrets.properties");
            secrets.add(own.getProperty("broker.password"));
            secrets.add(own.getProperty("registry.user.info").split(":")[1]);
        }
        for (String name : CERTIFIED) {
            secrets.add(properties(name + "/secrets.properties").getProperty("store.password"));
        }
        secrets.add(properties("authority/secrets.properties").getProperty("store.password"));
        return secrets;
    }

    private KeyStore store(String name) throws IOException, GeneralSecurityException {
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

    private X509Certificate authority() throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(folder.resolve("authority/ca.pem"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private Properties properties(String file) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(Files.readString(folder.resolve(file))));
        return properties;
    }
}
