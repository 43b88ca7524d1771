package org.knockon.producers.replay;

import java.time.Duration;

/** The wall clock of a replay; never event time. */
interface WallClock {

    /** The clock of this machine. */
    WallClock SYSTEM = new WallClock() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public long millis() {
            return System.currentTimeMillis();
        }

        @Override
        public void sleep(Duration span) throws InterruptedException {
            Thread.sleep(span.toMillis(), span.toNanosPart() % 1_000_000);
        }
    };

    /** Meaningful only as a difference between two calls. */
    long nanos();

    /** The time of day, epoch milliseconds. */
    long millis();

    void sleep(Duration span) throws InterruptedException;
}
