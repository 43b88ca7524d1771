package org.knockon.streams.situation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.streams.codec.StateEnums;

/**
 * Eight bytes that distinguish one published value of an outage from another. Equal values have equal digests, in
 * every process.
 */
final class OutageDigest {

    private OutageDigest() {}

    static long of(PublishedOutage value) {
        MessageDigest digest = sha256();
        Outage outage = value.outage();
        add(digest, outage.systemId());
        ByteBuffer numbers = ByteBuffer.allocate(5 * Long.BYTES)
                .putLong(outage.startedAt())
                .putLong(outage.endedAt())
                .putLong(outage.confirmedAt())
                .putLong(outage.planned() ? 1 : 0)
                .putLong(StateEnums.EVIDENCE.tag(outage.evidence()));
        digest.update(numbers.array());
        add(digest, value.rootCauses(), value.rootCausesTotal());
        add(digest, value.affectedSystems(), value.affectedSystemsTotal());
        add(digest, value.affectedServices(), value.affectedServicesTotal());
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    private static void add(MessageDigest digest, List<String> list, int total) {
        digest.update(ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(list.size())
                .putInt(total)
                .array());
        list.forEach(text -> add(digest, text));
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
