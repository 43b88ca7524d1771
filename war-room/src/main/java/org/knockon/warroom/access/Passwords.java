package org.knockon.warroom.access;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Passwords as {@code pbkdf2-sha256$ITERATIONS$SALT$HASH}, salt and hash in Base64. */
final class Passwords {

    private static final String SCHEME = "pbkdf2-sha256";
    private static final int ITERATIONS = 600_000;
    private static final int MAX_ITERATIONS = 10_000_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;

    private Passwords() {}

    static String hash(char[] password) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return write(ITERATIONS, salt, derive(password, salt, ITERATIONS));
    }

    /**
     * A hash that no password has. Checked for unknown users, so that the response time does not reveal which users
     * exist.
     */
    static String dummyHash() {
        return write(ITERATIONS, new byte[SALT_BYTES], new byte[HASH_BITS / 8]);
    }

    static boolean matches(char[] password, String stored) {
        String[] parts = stored.split("\\$");
        return MessageDigest.isEqual(decode(parts[3]), derive(password, decode(parts[2]), Integer.parseInt(parts[1])));
    }

    static boolean wellFormed(String stored) {
        return stored != null
                && stored.matches(SCHEME + "\\$[1-9]\\d{3,7}\\$[A-Za-z0-9+/]{22}==\\$[A-Za-z0-9+/]{43}=")
                && Integer.parseInt(stored.split("\\$")[1]) <= MAX_ITERATIONS;
    }

    private static String write(int iterations, byte[] salt, byte[] hash) {
        Base64.Encoder base64 = Base64.getEncoder();
        return String.join(
                "$", SCHEME, Integer.toString(iterations), base64.encodeToString(salt), base64.encodeToString(hash));
    }

    private static byte[] decode(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    private static byte[] derive(char[] password, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has PBKDF2 with SHA-256", e);
        } finally {
            spec.clearPassword();
        }
    }
}
