package org.knockon.producers.generate;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Pseudonyms of patients: 64 bits of HMAC-SHA256. Without the key a pseudonym cannot be traced back to the patient, nor
 * linked to one in another scenario. The patients themselves are invented and are only numbers.
 */
final class Pseudonyms {
    private static final HexFormat HEX = HexFormat.of();

    private final Mac mac;
    private long[] known = new long[1024];

    Pseudonyms(long seed) {
        try {
            byte[] key = ByteBuffer.allocate(Long.BYTES)
                    .putLong(SeededRandom.of(seed, "patients").next())
                    .array();
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    String of(int patient) {
        if (patient >= known.length) {
            known = Arrays.copyOf(known, Math.max(patient + 1, known.length * 2));
        }
        // 0 means not computed yet. A pseudonym that happens to be 0 is computed again, which is harmless.
        if (known[patient] == 0) {
            byte[] hash = mac.doFinal(
                    ByteBuffer.allocate(Integer.BYTES).putInt(patient).array());
            known[patient] = ByteBuffer.wrap(hash).getLong();
        }
        return "p-" + HEX.toHexDigits(known[patient]);
    }
}
