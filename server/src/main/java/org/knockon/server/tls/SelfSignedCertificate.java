package org.knockon.server.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A certificate that no authority vouches for, for trials and for networks without an authority: browsers warn once.
 * The JDK makes certificates only with its tool keytool, so this runs it.
 */
public final class SelfSignedCertificate {

    private static final String ALIAS = "knockon";
    private static final String PASSWORD_VARIABLE = "KNOCKON_STORE_PASSWORD";

    /** More than 825 days, and some browsers refuse it whatever the user says. */
    private static final int DAYS = 825;

    private SelfSignedCertificate() {}

    /**
     * Writes a certificate and its key in PEM format. Only the owner may read the key.
     *
     * @param hosts names and addresses under which clients reach the server, at least one
     * @throws IllegalArgumentException if a host is no name or address
     * @throws IOException if a file exists or cannot be written
     */
    public static void write(List<String> hosts, Path certificate, Path key) throws IOException, InterruptedException {
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("a certificate needs at least one host");
        }
        for (Path file : List.of(certificate, key)) {
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
        }
        String names = hosts.stream().map(SelfSignedCertificate::alternative).collect(Collectors.joining(","));
        Path work = Files.createTempDirectory("knockon-certificate");
        Path store = work.resolve("store.p12");
        String password = UUID.randomUUID().toString();
        try {
            generate(hosts.get(0), names, store, password);
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, password.toCharArray());
            }
            byte[] privateKey = keys.getKey(ALIAS, password.toCharArray()).getEncoded();
            pem(key, "PRIVATE KEY", privateKey, "rw-------");
            pem(certificate, "CERTIFICATE", keys.getCertificate(ALIAS).getEncoded(), "rw-r--r--");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the certificate that keytool made cannot be read", e);
        } finally {
            Files.deleteIfExists(store);
            Files.deleteIfExists(work);
        }
    }

    private static String alternative(String host) {
        if (host.matches("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F]*:[0-9a-fA-F:]+")) {
            return "ip:" + host;
        }
        if (host.matches("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*")) {
            return "dns:" + host;
        }
        throw new IllegalArgumentException("'" + host + "' is neither a host name nor an address");
    }

    private static void generate(String name, String alternatives, Path store, String password)
            throws IOException, InterruptedException {
        ProcessBuilder keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-alias",
                ALIAS,
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + alternatives,
                "-validity",
                Integer.toString(DAYS),
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass:env",
                PASSWORD_VARIABLE);
        keytool.environment().put(PASSWORD_VARIABLE, password);
        Process process = keytool.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + output.strip());
        }
    }

    private static void pem(Path file, String what, byte[] der, String permissions) throws IOException {
        // The mode is there before the content.
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
        Files.writeString(
                file,
                "-----BEGIN " + what + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                        + "\n-----END " + what + "-----\n",
                StandardOpenOption.WRITE);
    }
}
