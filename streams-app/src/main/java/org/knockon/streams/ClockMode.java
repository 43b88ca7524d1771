package org.knockon.streams;

import org.knockon.impact.detection.AcceptanceWindow;
import org.knockon.schemas.limits.EventTimes;

/** Where event time may go. */
public sealed interface ClockMode {

    /** Which instants observations may carry, all in epoch milliseconds. */
    AcceptanceWindow window(long wallClock, long retention);

    /**
     * The last instant at which an input record can have been written, in epoch milliseconds.
     *
     * @param wallClock now, epoch milliseconds
     */
    long latest(long wallClock);

    /** Whether the wall clock moves event time on when every monitor is silent. */
    boolean wallClockTakesOver();

    /** @param skew how far ahead of ours a monitor's clock may be, milliseconds */
    record Live(long skew) implements ClockMode {
        @Override
        public AcceptanceWindow window(long wallClock, long retention) {
            return new AcceptanceWindow(wallClock - retention, wallClock + skew);
        }

        @Override
        public long latest(long wallClock) {
            return wallClock + skew;
        }

        @Override
        public boolean wallClockTakesOver() {
            return true;
        }
    }

    /** A stretch of the past played again; silence is judged by the replay's own events. Both ends belong to it. */
    record Replay(long from, long until) implements ClockMode {
        @Override
        public AcceptanceWindow window(long wallClock, long retention) {
            return new AcceptanceWindow(from, until);
        }

        @Override
        public long latest(long wallClock) {
            return EventTimes.LATEST;
        }

        @Override
        public boolean wallClockTakesOver() {
            return false;
        }
    }
}
