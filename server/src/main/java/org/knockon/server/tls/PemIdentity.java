package org.knockon.server.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.knockon.server.access.FilePermissions;

/** The certificate with which a server identifies itself, and its key. Both are known to match. */
public final class PemIdentity {

    static final String ALIAS = "knockon";

    private static final char[] NO_PASSWORD = new char[0];
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final Map<String, String> SIGNATURES = Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA");

    private final KeyStore store;
    private final X509Certificate certificate;

    private PemIdentity(KeyStore store, X509Certificate certificate) {
        this.store = store;
        this.certificate = certificate;
    }

    /** @throws IllegalArgumentException if the certificate or the key cannot be used */
    public static PemIdentity read(PemFiles files) {
        try {
            X509Certificate[] chain = PemCertificates.read(files.certificate());
            PrivateKey key = key(files.key(), chain[0]);
            if (!match(key, chain[0])) {
                throw new IllegalArgumentException(files.key() + " is not the key of " + files.certificate());
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, key, NO_PASSWORD, chain);
            return new PemIdentity(store, chain[0]);
        } catch (GeneralSecurityException e) {
            // Not the message of the cause: a parser may quote the key.
            throw new IllegalArgumentException(
                    "could not use the certificate " + files.certificate() + " and the key " + files.key() + ": "
                            + e.getClass().getSimpleName(),
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "could not read the certificate or its key: " + e.getClass().getSimpleName() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    KeyStore store() {
        return store;
    }

    X509Certificate certificate() {
        return certificate;
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
     * Whether key and certificate match. Checked at the start, so that a mistake does not wait for the first client.
     */
    private static boolean match(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        String algorithm = SIGNATURES.get(key.getAlgorithm());
        if (algorithm == null) {
            throw new IllegalArgumentException("the key must be RSA or EC, but it is " + key.getAlgorithm());
        }
        byte[] text = ALIAS.getBytes(StandardCharsets.US_ASCII);
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(text);
        return signature.verify(signed);
    }
}
