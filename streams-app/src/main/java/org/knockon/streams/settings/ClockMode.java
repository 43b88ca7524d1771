package org.knockon.streams.settings;

import org.knockon.impact.detection.AcceptanceWindow;
import org.knockon.schemas.limits.EventTimes;

/** How event time advances, and which times input records may carry. */
public sealed interface ClockMode {

    /**
     * The instants that observations may carry.
     *
     * @param wallClock epoch milliseconds
     * @param retention milliseconds
     */
    AcceptanceWindow window(long wallClock, long retention);

    /**
     * The latest time at which an input record can have been written, in epoch milliseconds.
     *
     * @param wallClock epoch milliseconds
     */
    long latest(long wallClock);

    /** Whether the wall clock advances event time when every monitor is silent. */
    boolean wallClockTakesOver();

    /** @param skew how far the clocks of monitors and producers may be ahead of this machine's, in milliseconds */
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

    /** Replays an interval of the past, both ends included. Only the events of the replay advance event time. */
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
