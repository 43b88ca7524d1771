package org.knockon.warroom.access;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.ssl.X509;

/** A connector for TLS 1.2 and 1.3. */
public final class TlsConnector {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final Map<String, String> SIGNATURES = Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA");

    private final SslContextFactory.Server context;
    private final X509 certificate;

    private TlsConnector(SslContextFactory.Server context, X509 certificate) {
        this.context = context;
        this.certificate = certificate;
    }

    /** @throws IllegalArgumentException if the certificate or the key cannot be used */
    public static TlsConnector of(AccessSettings.Tls tls) {
        try {
            X509Certificate[] chain = chain(tls.certificate());
            PrivateKey key = key(tls.key(), chain[0]);
            if (!match(key, chain[0])) {
                throw new IllegalArgumentException(tls.key() + " is not the key of " + tls.certificate());
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("war-room", key, new char[0], chain);
            SslContextFactory.Server context = new SslContextFactory.Server();
            context.setKeyStore(store);
            context.setKeyStorePassword("");
            context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
            return new TlsConnector(context, new X509("war-room", chain[0]));
        } catch (GeneralSecurityException e) {
            // Not the message of the cause: a parser may quote the key.
            throw new IllegalArgumentException(
                    "could not use the certificate " + tls.certificate() + " and the key " + tls.key() + ": "
                            + e.getClass().getSimpleName(),
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "could not read the certificate or its key: " + e.getClass().getSimpleName() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /** HTTP/1.1 over TLS. */
    public ServerConnector connector(Server server, HttpConfiguration http) {
        // AccessFilter checks the host name of each request, so that probes may connect by address.
        http.addCustomizer(new SecureRequestCustomizer(false));
        return new ServerConnector(server, context, new HttpConnectionFactory(http));
    }

    /** Whether the certificate is for this name or address. */
    boolean names(String host) {
        return certificate.matches(host);
    }

    private static X509Certificate[] chain(Path file) throws IOException, GeneralSecurityException {
        X509Certificate[] chain = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))
                .toArray(X509Certificate[]::new);
        if (chain.length == 0) {
            throw new IllegalArgumentException(file + " contains no certificate");
        }
        return chain;
    }

    private static PrivateKey key(Path file, X509Certificate certificate) throws IOException, GeneralSecurityException {
        FilePermissions.requirePrivate(file);
        Matcher pem = KEY.matcher(Files.readString(file));
        if (!pem.find()) {
            throw new IllegalArgumentException(
                    file + " contains no unencrypted PKCS #8 key; convert it with" + " openssl pkcs8 -topk8 -nocrypt");
        }
        PKCS8EncodedKeySpec key =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        return KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm()).generatePrivate(key);
    }

    /**
     * Whether key and certificate match. Checked at the start, so that a mistake does not wait for the first browser.
     */
    private static boolean match(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        String algorithm = SIGNATURES.get(key.getAlgorithm());
        if (algorithm == null) {
            throw new IllegalArgumentException("the key must be RSA or EC, but it is " + key.getAlgorithm());
        }
        byte[] text = "war room".getBytes(StandardCharsets.US_ASCII);
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(text);
        return signature.verify(signed);
    }
}
