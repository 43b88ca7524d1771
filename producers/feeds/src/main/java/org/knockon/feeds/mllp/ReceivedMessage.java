package org.knockon.feeds.mllp;

import java.time.Instant;

/**
 * One message as it came.
 *
 * @param bytes without the bytes that frame it; only the beginning if the message is too long
 * @param size bytes that came
 * @param receipt when the last byte came
 * @param peer address of the sender
 */
public record ReceivedMessage(byte[] bytes, long size, Instant receipt, String peer) {

    /** Whether the message is longer than the feed accepts. */
    public boolean tooLong() {
        return size > bytes.length;
    }

    /** Without the content, which must not appear in a log or a message. */
    @Override
    public String toString() {
        return "ReceivedMessage[" + size + " bytes]";
    }
}
