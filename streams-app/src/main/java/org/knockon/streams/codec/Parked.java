package org.knockon.streams.codec;

/**
 * A record that names a system or service missing from the catalogue. It becomes a dead letter unless the name arrives
 * within the grace period.
 *
 * @param dueAtWallClock epoch milliseconds of the wall clock
 */
public record Parked(
        long dueAtWallClock,
        String reason,
        String topic,
        int partition,
        long offset,
        long timestamp,
        String key,
        byte[] value) {}
