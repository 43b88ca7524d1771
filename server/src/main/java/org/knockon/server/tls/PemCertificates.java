package org.knockon.server.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Certificates of the authorities that vouch for the other side. */
public final class PemCertificates {

    private final KeyStore store;

    private PemCertificates(KeyStore store) {
        this.store = store;
    }

    /** @throws IllegalArgumentException if the file cannot be used */
    public static PemCertificates of(Path file) {
        List<X509Certificate> certificates = list(file);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < certificates.size(); i++) {
                store.setCertificateEntry("authority-" + i, certificates.get(i));
            }
            return new PemCertificates(store);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this JVM cannot hold certificates in memory", e);
        }
    }

    /**
     * All certificates of a file, in its order; of a chain, the own certificate first.
     *
     * @throws IllegalArgumentException if the file cannot be used
     */
    public static List<X509Certificate> list(Path file) {
        try {
            return List.of(read(file));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "could not use the certificates in " + file + ": "
                            + e.getClass().getSimpleName(),
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "could not read " + file + ": " + e.getClass().getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    /** Trusts these authorities and no others. */
    public KeyStore store() {
        return store;
    }

    static X509Certificate[] read(Path file) throws IOException, CertificateException {
        X509Certificate[] chain = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))
                .toArray(X509Certificate[]::new);
        if (chain.length == 0) {
            throw new IllegalArgumentException(file + " contains no certificate");
        }
        return chain;
    }
}
