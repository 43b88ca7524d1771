package org.knockon.producers.replay;

import java.time.Duration;
import java.util.Iterator;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.knockon.producers.generate.ScenarioEvent;
import org.knockon.producers.generate.ScenarioEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the events of a scenario in order of arrival, each exactly once, under a topic prefix of its own, with the
 * event's time as the record's timestamp and the run's name in an {@code exercise} header.
 *
 * <p><b>Exactly once.</b> Events are numbered and always come in the same order. They go out in transactions, and each
 * transaction also writes how many events there are now to the progress topic: either readers get both or neither.
 * A replay that is started again under the same run reads that number and goes on from there. It first takes over the transactional id,
 * which makes the broker settle a transaction that a killed process left open and shuts out a process that is not dead
 * but slow. So no event that the broker has acknowledged is sent again, and readers with {@code isolation.level=read_committed},
 * as every part of Knock-on is, never see one twice. One run has one replayer at a time; the later one wins.
 *
 * <p><b>Bounded.</b> The producer's buffer holds 32 MB; when the broker is slower than the replay, sending waits. No transaction
 * holds more than {@value #MOST_IN_TRANSACTION} events.
 *
 * <p>Right: {@code run} once, from one thread; {@code pause, resume, speed, stop} at any time from any other. Wrong: {@code run} twice.
 */
public final class Replayer implements AutoCloseable {
    static final int MOST_IN_TRANSACTION = 50_000;

    private static final Logger LOG = LoggerFactory.getLogger(Replayer.class);
    private static final long LONGEST_NAP_MILLIS = 200;
    private static final Duration LONGEST_NAP = Duration.ofMillis(LONGEST_NAP_MILLIS);

    private final ScenarioEvents events;
    private final ReplayTarget target;
    private final Consumer<ReplayProgress> listener;
    private final WallClock clock;
    private final Pace pace;
    private final long commitNanos;
    private final long total;
    private final long catalogue;

    private final Object lock = new Object();
    private boolean paused;
    private boolean stopped;
    private ReplaySpeed wanted;

    private long position;
    private long committed;
    private long eventTime;
    private long arrivesAt;
    private long committedEventTime;
    private long transactionSince;
    private long lastTold;

    Replayer(
            ScenarioEvents events,
            ReplayTarget target,
            ReplaySpeed speed,
            Duration commitEvery,
            Consumer<ReplayProgress> listener,
            WallClock clock) {
        this.events = events;
        this.target = target;
        this.listener = listener;
        this.clock = clock;
        this.wanted = speed;
        this.pace = new Pace(speed, clock);
        this.commitNanos = commitEvery.toNanos();
        this.total = events.size();
        this.catalogue = (long) events.systems().size() + events.services().size();
        this.eventTime = events.scenario().from();
        this.committedEventTime = eventTime;
        this.arrivesAt = eventTime;
    }

    /**
     * Connects to the broker, whose topics of the four inputs must exist, and finds out how far an earlier replay of this run came.
     *
     * @param listener told of progress from the thread that runs, several times a second
     * @throws ReplayException when the broker cannot be reached, topics are missing, or the run belongs to another scenario
     */
    public static Replayer connect(ScenarioEvents events, ReplaySettings settings, Consumer<ReplayProgress> listener) {
        ReplayTarget target = ReplayChannel.open(events, settings);
        return new Replayer(events, target, settings.speed(), settings.commitEvery(), listener, WallClock.SYSTEM);
    }

    /**
     * Publishes what is not yet published; returns when all is, or once {@link #stop} was called.
     *
     * @return how far it came
     * @throws ReplayException when the broker or the registry fails; what was acknowledged stays
     */
    public ReplayProgress run() {
        committed = target.position();
        position = committed;
        try {
            Iterator<ScenarioEvent> iterator = events.iterator();
            while (iterator.hasNext()) {
                ScenarioEvent event = iterator.next();
                if (event.arrivalOrder() < committed) {
                    eventTime = Math.max(eventTime, event.eventTime());
                    continue;
                }
                if (!waitFor(event)) {
                    break;
                }
                send(event);
            }
            commit();
        } catch (KafkaException e) {
            throw new ReplayException(
                    "replay stopped at event " + committed + " of " + total + ": "
                            + (takenOver(e)
                                    ? "another replayer has taken over this run"
                                    : e.getMessage() + "; start the same run again to go on from there"),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplayException("replay interrupted at event " + committed + " of " + total, e);
        }
        ReplayProgress end = progress();
        LOG.info("replay at event {} of {}", end.position(), end.total());
        listener.accept(end);
        return end;
    }

    /** Holds the replay until {@link #resume}; what was sent becomes visible first. */
    public void pause() {
        synchronized (lock) {
            paused = true;
            lock.notifyAll();
        }
    }

    public void resume() {
        synchronized (lock) {
            paused = false;
            lock.notifyAll();
        }
    }

    /** Whether it is held, or will be as soon as what is being sent is out. */
    public boolean paused() {
        synchronized (lock) {
            return paused && !stopped;
        }
    }

    /** Goes on at another speed, at the latest {@value #LONGEST_NAP_MILLIS} ms from now; a pause remains one. */
    public void speed(ReplaySpeed speed) {
        synchronized (lock) {
            wanted = speed;
        }
    }

    /** The speed that was asked for last. */
    public ReplaySpeed speed() {
        synchronized (lock) {
            return wanted;
        }
    }

    /** Ends {@link #run} soon, with everything sent so far committed. */
    public void stop() {
        synchronized (lock) {
            stopped = true;
            lock.notifyAll();
        }
    }

    @Override
    public void close() {
        target.close();
    }

    private static boolean takenOver(KafkaException failure) {
        return failure instanceof ProducerFencedException
                || failure.getCause() instanceof ProducerFencedException
                || failure instanceof InvalidProducerEpochException
                || failure.getCause() instanceof InvalidProducerEpochException;
    }

    /** False when the replay was stopped meanwhile. */
    private boolean waitFor(ScenarioEvent event) throws InterruptedException {
        while (true) {
            if (!waitWhilePaused()) {
                return false;
            }
            pace.change(speed(), event.arrivesAt());
            // The catalogue and the book as it stood at the start are there when time begins.
            long wait = event.arrivesAt() <= events.scenario().from() ? 0 : pace.nanosUntil(event.arrivesAt());
            if (wait <= 0) {
                return true;
            }
            if (position > committed && clock.nanos() - transactionSince >= commitNanos) {
                commit();
            } else {
                tell(false);
                long open = position > committed ? transactionSince + commitNanos - clock.nanos() : Long.MAX_VALUE;
                clock.sleep(Duration.ofNanos(Math.max(0, Math.min(Math.min(wait, open), LONGEST_NAP.toNanos()))));
            }
        }
    }

    private boolean waitWhilePaused() throws InterruptedException {
        synchronized (lock) {
            if (!paused || stopped) {
                return !stopped;
            }
        }
        pace.pause();
        commit();
        tell(true);
        synchronized (lock) {
            while (paused && !stopped) {
                lock.wait();
            }
        }
        pace.resume();
        return waitWhilePaused();
    }

    private void send(ScenarioEvent event) {
        if (position == committed) {
            target.begin();
            transactionSince = clock.nanos();
        }
        target.send(event);
        position++;
        eventTime = Math.max(eventTime, event.eventTime());
        arrivesAt = Math.max(arrivesAt, event.arrivesAt());
        boolean full = position - committed >= MOST_IN_TRANSACTION;
        // Readers build on the catalogue, so it is there before anything else.
        boolean catalogueSent = position == catalogue;
        if (full || catalogueSent || clock.nanos() - transactionSince >= commitNanos) {
            commit();
        }
    }

    private void commit() {
        if (position == committed) {
            return;
        }
        target.commit(position, eventTime);
        committed = position;
        committedEventTime = eventTime;
        pace.reached(committed);
        tell(true);
    }

    private void tell(boolean now) {
        long nanos = clock.nanos();
        if (now || nanos - lastTold >= LONGEST_NAP.toNanos()) {
            lastTold = nanos;
            listener.accept(progress());
        }
    }

    private ReplayProgress progress() {
        return new ReplayProgress(
                committed,
                total,
                committedEventTime,
                pace.eventsPerSecond(),
                pace.timeLeft(arrivesAt, events.scenario().to(), total - committed),
                paused(),
                pace.speed());
    }
}
