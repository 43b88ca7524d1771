package org.knockon.producers.generate;

import java.time.Duration;

/** Lengths of time units in milliseconds. */
final class Millis {
    static final long SECOND = Duration.ofSeconds(1).toMillis();
    static final long MINUTE = Duration.ofMinutes(1).toMillis();
    static final long HOUR = Duration.ofHours(1).toMillis();
    static final long DAY = Duration.ofDays(1).toMillis();

    private Millis() {}
}
