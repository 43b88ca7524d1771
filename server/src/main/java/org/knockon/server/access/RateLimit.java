package org.knockon.server.access;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Counts by key and minute. Javalin's own rate limiter cannot count failures only, and does not say when to retry. */
public final class RateLimit {

    /** Length of the period in which calls are counted. */
    public static final int RETRY_SECONDS = 60;

    private static final int MAX_KEYS = 10_000;

    private final LongSupplier clock;
    private final Map<String, Integer> counts = new HashMap<>();
    private long minute = Long.MIN_VALUE;

    /** @param clock milliseconds */
    public RateLimit(LongSupplier clock) {
        this.clock = clock;
    }

    /** Adds one and returns the count of this minute. */
    public synchronized int count(String key) {
        roll();
        if (counts.size() >= MAX_KEYS && !counts.containsKey(key)) {
            // More addresses than a hospital has: new ones are refused, so that memory is bounded.
            return Integer.MAX_VALUE;
        }
        return counts.merge(key, 1, Integer::sum);
    }

    /** The count of this minute. */
    public synchronized int counted(String key) {
        roll();
        return counts.getOrDefault(key, 0);
    }

    private void roll() {
        long now = clock.getAsLong() / (RETRY_SECONDS * 1000L);
        if (now != minute) {
            minute = now;
            counts.clear();
        }
    }
}
