package org.knockon.feeds.receive;

/**
 * What is known of a message besides what it says.
 *
 * @param controlId the sender's id of it; empty if it has none
 * @param type such as {@code SIU^S12^SIU_S12}
 * @param bytes its size
 * @param digest keyed hash of its bytes, in hex; empty without a key
 * @param receivedAt when its last byte came, epoch milliseconds
 */
record Envelope(String controlId, String type, long bytes, String digest, long receivedAt) {}
