package org.knockon.producers.replay;

import java.time.Duration;
import java.util.Optional;

/**
 * How far a replay has come.
 *
 * @param position events the broker has acknowledged and shows to readers, those of earlier runs of this replay included
 * @param total events of the scenario
 * @param eventTime latest event time of these, epoch milliseconds; the start of the window before the first
 * @param eventsPerSecond over the last seconds in which it was not paused
 * @param timeLeft wall-clock time to the end at this pace; empty when nothing can be said yet
 * @param speed at which it goes, or will after the pause
 */
public record ReplayProgress(
        long position,
        long total,
        long eventTime,
        double eventsPerSecond,
        Optional<Duration> timeLeft,
        boolean paused,
        ReplaySpeed speed) {

    /** From 0 to 1. */
    public double fraction() {
        return total == 0 ? 1 : (double) position / total;
    }

    public boolean complete() {
        return position == total;
    }
}
