package org.knockon.feeds.pseudonym;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 with the key of the pseudonyms. Thread-safe. */
public final class KeyedHash {
    private static final String ALGORITHM = "HmacSHA256";
    /** Hex digits of a pseudonym and of the id of an unmapped service. */
    private static final int SHORT = 16;

    private final SecretKeySpec key;

    /** @param key at least 32 bytes */
    public KeyedHash(byte[] key) {
        if (key.length < 32) {
            throw new IllegalArgumentException("the key must have at least 32 bytes");
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** All 64 hex digits. */
    public String hex(byte[] bytes) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM lacks " + ALGORITHM, e);
        }
    }

    /** The first 16 hex digits of the hash of the text's UTF-8 bytes. */
    public String shortHex(String text) {
        return hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, SHORT);
    }
}
