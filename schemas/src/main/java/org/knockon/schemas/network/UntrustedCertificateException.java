package org.knockon.schemas.network;

import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Optional;

/** This client does not trust a server's certificate. Waiting does not help. */
public final class UntrustedCertificateException extends IOException {

    private static final long serialVersionUID = 1L;

    private UntrustedCertificateException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Explains a failed connection, if the certificate is the reason.
     *
     * @param server the host whose certificate it is
     * @param setting the setting that names the trusted certificates
     */
    public static Optional<UntrustedCertificateException> explain(Throwable failure, String server, String setting) {
        return reason(failure)
                .map(reason -> new UntrustedCertificateException(
                        "certificate of " + server + " not trusted: " + reason + "; set " + setting, failure));
    }

    /** The one that has already been explained, if any. */
    public static Optional<UntrustedCertificateException> in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UntrustedCertificateException untrusted) {
                return Optional.of(untrusted);
            }
        }
        return Optional.empty();
    }

    /** The innermost of the JDK's exceptions about certificates has the clearest message. */
    private static Optional<String> reason(Throwable failure) {
        String reason = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            boolean ofCertificate = cause instanceof CertificateException
                    || cause instanceof CertPathBuilderException
                    || cause instanceof CertPathValidatorException;
            if (ofCertificate && cause.getMessage() != null) {
                reason = cause.getMessage();
            }
        }
        return Optional.ofNullable(reason);
    }
}
