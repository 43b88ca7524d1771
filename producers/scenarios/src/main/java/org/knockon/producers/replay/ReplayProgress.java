package org.knockon.producers.replay;

import java.time.Duration;
import java.util.Optional;

/**
 * Progress of a replay.
 *
 * @param position number of events that are acknowledged and visible to readers, including those published before a
 *     restart
 * @param total number of events of the scenario
 * @param eventTime latest event time of the published events, epoch milliseconds; the start of the window before the
 *     first
 * @param eventsPerSecond over the last few seconds, without pauses
 * @param timeLeft wall-clock time to the end at this pace; empty if not known yet
 * @param speed current speed, or the speed after the pause
 */
public record ReplayProgress(
        long position,
        long total,
        long eventTime,
        double eventsPerSecond,
        Optional<Duration> timeLeft,
        boolean paused,
        ReplaySpeed speed) {

    /** The progress before the first event. */
    public static ReplayProgress none(long total, long eventTime, ReplaySpeed speed) {
        return new ReplayProgress(0, total, eventTime, 0, Optional.empty(), false, speed);
    }

    /** From 0 to 1. */
    public double fraction() {
        return total == 0 ? 1 : (double) position / total;
    }

    public boolean complete() {
        return position == total;
    }
}
