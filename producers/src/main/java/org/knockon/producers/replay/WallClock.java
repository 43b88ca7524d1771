package org.knockon.producers.replay;

import java.time.Duration;

/** The time that passes while a replay runs; never an event's time. */
interface WallClock {

    /** The machine's own. */
    WallClock SYSTEM = new WallClock() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration span) throws InterruptedException {
            Thread.sleep(span.toMillis(), span.toNanosPart() % 1_000_000);
        }
    };

    /** Only differences mean anything. */
    long nanos();

    void sleep(Duration span) throws InterruptedException;
}
