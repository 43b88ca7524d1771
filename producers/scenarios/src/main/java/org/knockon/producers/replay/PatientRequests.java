package org.knockon.producers.replay;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests to the broker that are repeated until it answers or the replay is stopped. One thread makes them; any thread
 * may ask whether one is waiting.
 */
final class PatientRequests {
    private static final Logger LOG = LoggerFactory.getLogger(PatientRequests.class);
    private static final Duration SHOWN_AS_WAITING = Duration.ofSeconds(3);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);
    private static final long NONE = Long.MIN_VALUE;

    private final WallClock clock;
    private final BooleanSupplier stopped;
    /** The clock's nanoseconds when the request that is not answered yet was first made. */
    private volatile long since = NONE;

    PatientRequests(WallClock clock, BooleanSupplier stopped) {
        this.clock = clock;
        this.stopped = stopped;
    }

    /** Whether the broker has not answered for three seconds. */
    boolean waiting() {
        long start = since;
        return start != NONE && clock.nanos() - start >= SHOWN_AS_WAITING.toNanos();
    }

    void once(Runnable request) {
        since = clock.nanos();
        try {
            request.run();
        } finally {
            since = NONE;
        }
    }

    /** @throws ReplayException if the replay is stopped before the broker answers */
    void untilAnswered(Runnable request) throws InterruptedException {
        untilAnswered(() -> {
            request.run();
            return true;
        });
    }

    /** @throws ReplayException if the replay is stopped before the broker answers */
    <T> T untilAnswered(Supplier<T> request) throws InterruptedException {
        since = clock.nanos();
        try {
            while (true) {
                try {
                    return request.get();
                } catch (TimeoutException e) {
                    if (stopped.getAsBoolean()) {
                        throw new ReplayException(
                                "the replay was stopped while the broker did not answer; start the same run again to"
                                        + " continue",
                                e);
                    }
                    LOG.info("no answer from the broker, will retry: {}", e.getMessage());
                    pause();
                }
            }
        } finally {
            since = NONE;
        }
    }

    void pause() throws InterruptedException {
        clock.sleep(BETWEEN_ATTEMPTS);
    }
}
