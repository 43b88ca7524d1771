package org.knockon.producers.replay;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Computes when an event is due on the wall clock, and the rate at which events were sent recently. Pauses do not
 * count.
 */
final class Pace {
    private static final long NANOS_PER_MILLI = Duration.ofMillis(1).toNanos();
    private static final long WINDOW_NANOS = Duration.ofSeconds(5).toNanos();

    private record Mark(long nanos, long position) {}

    private ReplaySpeed speed;
    private final boolean live;
    private final WallClock clock;
    private final Deque<Mark> recent = new ArrayDeque<>();
    private long startedNanos;
    private long startedAt;
    private boolean started;
    private long pausedNanos;
    private long pausedSince = -1;

    private Pace(ReplaySpeed speed, boolean live, WallClock clock) {
        this.speed = speed;
        this.live = live;
        this.clock = clock;
    }

    /** Scenario time passes at this speed. */
    static Pace at(ReplaySpeed speed, WallClock clock) {
        return new Pace(speed, false, clock);
    }

    /** Scenario time is the wall clock: each event is due when it arrives. The speed cannot be changed. */
    static Pace live(WallClock clock) {
        return new Pace(new ReplaySpeed(1), true, clock);
    }

    boolean live() {
        return live;
    }

    /**
     * Wall-clock nanoseconds until an event with this arrival is due; 0 or less if it is due. Scenario time starts with
     * the first call.
     */
    long nanosUntil(long arrivesAt) {
        if (live) {
            return (arrivesAt - clock.millis()) * NANOS_PER_MILLI;
        }
        if (speed.max()) {
            return 0;
        }
        if (!started) {
            started = true;
            startedAt = arrivesAt;
            startedNanos = activeNanos();
        }
        double due = (arrivesAt - startedAt) / speed.factor() * NANOS_PER_MILLI;
        return (long) due - (activeNanos() - startedNanos);
    }

    ReplaySpeed speed() {
        return speed;
    }

    /**
     * Changes the speed. Scenario time continues from where it is, or from the next event if that is overdue: the new
     * speed does not make up for a delay at the old speed.
     *
     * @param next arrival of the next event
     */
    void change(ReplaySpeed other, long next) {
        if (live || speed.equals(other)) {
            return;
        }
        if (speed.max()) {
            started = false;
        } else if (started) {
            long now = activeNanos();
            double passed = (now - startedNanos) * speed.factor() / NANOS_PER_MILLI;
            startedAt = Math.min(next, startedAt + (long) passed);
            startedNanos = now;
        }
        speed = other;
        recent.clear();
    }

    void pause() {
        if (pausedSince < 0) {
            pausedSince = clock.nanos();
        }
    }

    void resume() {
        if (pausedSince >= 0) {
            pausedNanos += clock.nanos() - pausedSince;
            pausedSince = -1;
        }
    }

    void reached(long position) {
        long now = activeNanos();
        recent.add(new Mark(now, position));
        while (recent.size() > 2 && recent.peekFirst().nanos() < now - WINDOW_NANOS) {
            recent.removeFirst();
        }
    }

    double eventsPerSecond() {
        if (recent.size() < 2) {
            return 0;
        }
        Mark first = recent.peekFirst();
        Mark last = recent.peekLast();
        double seconds = (last.nanos() - first.nanos()) / 1e9;
        return seconds <= 0 ? 0 : (last.position() - first.position()) / seconds;
    }

    /** Wall-clock time to the end: from scenario time at a fixed speed, from the recent rate at full speed. */
    Optional<Duration> timeLeft(long arrivesAt, long end, long eventsLeft) {
        if (eventsLeft == 0) {
            return Optional.of(Duration.ZERO);
        }
        if (live) {
            return Optional.of(Duration.ofMillis(Math.max(0, end - clock.millis())));
        }
        if (!speed.max()) {
            return Optional.of(Duration.ofMillis((long) (Math.max(0, end - arrivesAt) / speed.factor())));
        }
        double rate = eventsPerSecond();
        return rate <= 0 ? Optional.empty() : Optional.of(Duration.ofMillis((long) (eventsLeft / rate * 1_000)));
    }

    private long activeNanos() {
        long now = pausedSince >= 0 ? pausedSince : clock.nanos();
        return now - pausedNanos;
    }
}
