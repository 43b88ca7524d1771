package org.knockon.streams.codec;

/**
 * A record that names something the catalogue does not know yet. It becomes a dead letter if the catalogue still does not know it
 * when its grace is over.
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
