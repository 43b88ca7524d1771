package org.knockon.cli.doctor;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.knockon.server.tls.PemCertificates;

/** Whose certificates are accepted. */
final class Trust {

    private Trust() {}

    static SSLContext ofThisJvm() {
        try {
            return SSLContext.getDefault();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no trusted certificates", e);
        }
    }

    /** @throws IllegalArgumentException if the file cannot be used */
    static SSLContext of(Path authorities) {
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
