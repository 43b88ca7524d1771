package org.knockon.producers.replay;

import java.time.Duration;
import java.util.function.Consumer;

/** A wall clock that advances only when somebody sleeps. */
final class FakeClock implements WallClock {
    long nanos = 1_000_000;

    /** Time of day at 0 ns, epoch milliseconds. */
    long epoch;

    Consumer<Long> onSleep = now -> {};

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public long millis() {
        return epoch + nanos / 1_000_000;
    }

    @Override
    public void sleep(Duration span) {
        nanos += Math.max(1, span.toNanos());
        onSleep.accept(nanos);
    }
}
