package org.knockon.systemtests.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
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

    private static final List<String> CERTIFIED = List.of("broker-1", "broker-2", "broker-3", "admin", "registry");
    private static final String SERVER = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT = "1.3.6.1.5.5.7.3.2";

    @TempDir
    private static Path scratch;

    private ClusterSecrets secrets;
    private Map<String, String> first;

    @BeforeAll
    void make() throws Exception {
        secrets = new ClusterSecrets(scratch.resolve("two words"));
        secrets.make();
        first = secrets.files();
    }

    @Test
    void aFolderForEachVolumeOfTheJob() throws IOException {
        try (Stream<Path> folders = Files.list(secrets.folder())) {
            assertThat(folders.map(path -> "/etc/knockon/secrets/" + path.getFileName()))
                    .containsExactlyInAnyOrderElementsOf(
                            ComposeFile.read("compose.secure.yaml").services().get("secrets").mounts().values().stream()
                                    .filter(mount -> mount.startsWith("/etc/"))
                                    .toList());
        }
        assertThat(first).allSatisfy((file, content) -> {
            if (file.endsWith("/ca.pem")) {
                assertThat(content).isEqualTo(first.get("authority/ca.pem"));
            }
        });
    }

    @Test
    void onlyTheOwnerCanReadTheFiles() throws IOException {
        try (Stream<Path> files = Files.walk(secrets.folder())) {
            assertThat(files.filter(Files::isRegularFile))
                    .hasSizeGreaterThan(20)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as(file.toString())
                            .isEqualTo("r--------"));
        }
    }

    /** The subject is the principal of super.users, and the names are those under which others connect. */
    @Test
    void certificatesAreOfTheAuthorityAndNameTheirHost() throws Exception {
        assertCertified(secrets);
    }

    private static void assertCertified(ClusterSecrets made) throws Exception {
        for (String name : CERTIFIED) {
            KeyStore store = made.store(name);
            assertThat(Collections.list(store.aliases())).containsExactly(name);
            X509Certificate certificate = (X509Certificate) store.getCertificate(name);

            certificate.verify(made.authority().getPublicKey());
            assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=" + name);
            assertThat(certificate.getSubjectAlternativeNames())
                    .extracting(alternative -> String.valueOf(alternative.get(1)))
                    .containsExactlyInAnyOrder(name, "localhost", "127.0.0.1");
            assertThat(certificate.getExtendedKeyUsage()).containsExactlyInAnyOrder(SERVER, CLIENT);
            assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
            assertThat(store.getCertificateChain(name)).hasSize(2);
        }
    }

    @Test
    void administratorAndRegistryKnowTheUserOfEachRole() throws IOException {
        Properties passwords = secrets.properties("admin/passwords.properties");
        Properties users = secrets.properties("registry/users.properties");

        assertThat(passwords.stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Role.values()).map(Role::toString).toList());
        for (Role role : Role.values()) {
            Properties own = secrets.properties(role + "/secrets.properties");
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
                .isEqualTo(secrets.properties("registry/secrets.properties").getProperty("store.password"));
        assertThat(random()).doesNotHaveDuplicates();
    }

    @Test
    void theNextRunChangesNothing() throws Exception {
        secrets.make();

        assertThat(secrets.files()).isEqualTo(first);
    }

    @Test
    void replacesOnlyWhatIsMissingAndRenewsOnlyCertificates() throws Exception {
        ClusterSecrets other = secrets.copyTo(scratch.resolve("other"));
        Files.delete(other.folder().resolve("streams/secrets.properties"));
        other.make();

        assertThat(changed(first, other.files()))
                .containsExactlyInAnyOrder(
                        "streams/secrets.properties", "admin/passwords.properties", "registry/users.properties");

        Map<String, String> repaired = other.files();
        other.make("--renew");

        assertThat(changed(repaired, other.files()))
                .containsExactlyInAnyOrderElementsOf(
                        CERTIFIED.stream().map(name -> name + "/key.p12").toList());
        assertCertified(other);
    }

    private static List<String> changed(Map<String, String> before, Map<String, String> after) {
        assertThat(after.keySet()).isEqualTo(before.keySet());
        return after.keySet().stream()
                .filter(file -> !after.get(file).equals(before.get(file)))
                .toList();
    }

    /** Every password that was made. */
    private List<String> random() throws IOException {
        List<String> passwords = new ArrayList<>();
        for (Role role : Role.values()) {
            Properties own = secrets.properties(role + "/secrets.properties");
            passwords.add(own.getProperty("broker.password"));
            passwords.add(own.getProperty("registry.user.info").split(":")[1]);
        }
        for (String name : CERTIFIED) {
            passwords.add(secrets.properties(name + "/secrets.properties").getProperty("store.password"));
        }
        passwords.add(secrets.properties("authority/secrets.properties").getProperty("store.password"));
        return passwords;
    }
}
