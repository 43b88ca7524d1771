package org.knockon.feeds.mllp;

/**
 * What a listener has seen.
 *
 * @param connections open now
 * @param refusedConnections reset at once, because there were too many
 * @param skippedBytes outside of frames
 * @param unanswered messages whose connection was reset because there was no answer in time
 */
public record MllpCounts(int connections, long refusedConnections, long skippedBytes, long unanswered) {}
