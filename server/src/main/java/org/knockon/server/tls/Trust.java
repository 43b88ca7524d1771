package org.knockon.server.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates a client accepts. */
public final class Trust {

    private Trust() {}

    /** Those of the authorities that this JVM knows. */
    public static SSLContext ofThisJvm() {
        try {
            return SSLContext.getDefault();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no trusted certificates", e);
        }
    }

    /**
     * Those of the authorities in a PEM file.
     *
     * @throws IllegalArgumentException if the file cannot be used
     */
    public static SSLContext of(Path authorities) {
        PemCertificates trusted = PemCertificates.of(authorities);
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted.store());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM cannot use TLS", e);
        }
    }
}
