package org.knockon.schemas;

import java.nio.charset.StandardCharsets;

/**
 * Value of {@code refusals}: a message of a feed that was refused, without its content.
 *
 * @param feed name of the feed
 * @param reason such as {@code missing-slot}
 * @param where field or element that is wrong; empty for the whole message
 * @param controlId the sender's id of the message; empty for none
 * @param type such as {@code SIU^S12}; empty if it cannot be read
 * @param bytes size of the message
 * @param digest keyed hash of the bytes, in hex; empty without a key
 * @param receivedAt when its last byte arrived, epoch milliseconds
 */
public record RefusedMessage(
        String feed,
        String reason,
        String where,
        String controlId,
        String type,
        long bytes,
        String digest,
        long receivedAt) {

    /** Longest {@code where} and {@code controlId}, in UTF-8 bytes. */
    public static final int LONGEST = 256;

    /** Longest {@code type}, in UTF-8 bytes. */
    public static final int LONGEST_TYPE = 64;

    /** Replaces control characters by a space, and cuts texts of the sender that are too long. */
    public RefusedMessage {
        where = bounded(where, LONGEST);
        controlId = bounded(controlId, LONGEST);
        type = bounded(type, LONGEST_TYPE);
    }

    private static String bounded(String text, int atMost) {
        StringBuilder kept = new StringBuilder();
        int size = 0;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            boolean broken = Character.getType(character) == Character.SURROGATE;
            String plain = Character.isISOControl(character) || broken ? " " : Character.toString(character);
            size += plain.getBytes(StandardCharsets.UTF_8).length;
            if (size > atMost) {
                break;
            }
            kept.append(plain);
        }
        return kept.toString();
    }
}
