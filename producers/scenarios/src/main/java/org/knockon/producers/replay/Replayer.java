package org.knockon.producers.replay;

import java.time.Duration;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.knockon.producers.source.ReplayEvent;
import org.knockon.producers.source.ReplaySource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the events of a scenario or a recording in order of arrival, each exactly once, under its own topic prefix. The record's
 * timestamp is the event time, and the header {@code exercise} carries the name of the run.
 *
 * <p><b>Exactly once.</b> Events are numbered and always come in the same order. They are sent in transactions, and
 * each transaction also writes the number of published events to the progress topic, so readers see both or neither. A
 * replay restarted with the same run reads that number and continues from there. First it takes over the transactional
 * id: the broker then completes or aborts the transaction of a killed process, and fences a process that is still alive
 * but slow. So no acknowledged event is sent again, and readers with {@code isolation.level=read_committed}, such as
 * every part of Knock-on, never see an event twice. A run has one replayer at a time; the latest one wins.
 *
 * <p><b>Patient.</b> While the broker does not answer, the replay repeats its request until it is stopped; {@link
 * #waiting} says so. If the broker has aborted the open transaction meanwhile, the replay sends its events again, as
 * after a restart.
 *
 * <p><b>Bounded.</b> The producer's buffer holds 32 MB; if the broker is slower than the replay, sending blocks. A
 * transaction holds at most {@value #MOST_IN_TRANSACTION} events.
 *
 * <p>A shifted scenario runs by the wall clock, whatever the speed: an app with a live clock refuses events from the
 * future.
 *
 * <p>Valid: {@code run} once, from one thread; {@code pause}, {@code resume}, {@code speed} and {@code stop} at any
 * time from any thread. Invalid: {@code run} twice.
 */
public final class Replayer implements AutoCloseable {
    static final int MOST_IN_TRANSACTION = 50_000;

    private static final Logger LOG = LoggerFactory.getLogger(Replayer.class);
    private static final long LONGEST_SLEEP_MILLIS = 200;
    private static final Duration LONGEST_SLEEP = Duration.ofMillis(LONGEST_SLEEP_MILLIS);
    private static final String TAKEN_OVER = "another replayer has taken over this run";

    private final ReplaySource events;
    private final ReplayTarget target;
    private final Consumer<ReplayProgress> listener;
    private final WallClock clock;
    private final Pace pace;
    private final PatientRequests requests;
    private final long commitNanos;
    private final long total;
    private final long catalogue;

    private final Object lock = new Object();
    private boolean paused;
    private boolean stopped;
    private ReplaySpeed requestedSpeed;

    private boolean ready;
    private long position;
    private long committed;
    private long eventTime;
    private long arrivesAt;
    private long committedEventTime;
    private long transactionSince;
    private long lastReportNanos;

    Replayer(
            ReplaySource events,
            ReplayTarget target,
            ReplaySpeed speed,
            Duration commitEvery,
            Consumer<ReplayProgress> listener,
            WallClock clock) {
        this.events = events;
        this.target = target;
        this.listener = listener;
        this.clock = clock;
        this.requestedSpeed = speed;
        this.pace = events.shifted() ? Pace.live(clock) : Pace.at(speed, clock);
        this.requests = new PatientRequests(clock, this::isStopped);
        this.commitNanos = commitEvery.toNanos();
        this.total = events.size();
        this.catalogue = events.catalogueSize();
        this.eventTime = events.from();
        this.committedEventTime = eventTime;
        this.arrivesAt = eventTime;
    }

    /**
     * Connects to the broker, where the four input topics must exist, and reads the progress of an earlier replay of
     * this run.
     *
     * @param listener receives the progress several times a second, on the thread that calls {@link #run}
     * @throws ReplayException if the broker cannot be reached, topics are missing, or the run belongs to another
     *     scenario
     */
    public static Replayer connect(ReplaySource events, ReplaySettings settings, Consumer<ReplayProgress> listener) {
        ReplayTarget target = ReplayChannel.open(events, settings);
        Replayer replayer =
                new Replayer(events, target, settings.speed(), settings.commitEvery(), listener, WallClock.SYSTEM);
        try {
            replayer.takeOver();
            return replayer;
        } catch (KafkaException e) {
            target.close();
            throw new ReplayException("cannot start the replay: " + ReplayFailures.reason(e), e);
        } catch (InterruptedException e) {
            target.close();
            Thread.currentThread().interrupt();
            throw new ReplayException("interrupted before the replay started", e);
        } catch (RuntimeException e) {
            target.close();
            throw e;
        }
    }

    /**
     * Number of events of a run that are published, read without disturbing its replayer.
     *
     * @throws ReplayException if the run belongs to another scenario
     * @throws org.knockon.schemas.reading.MissingTopicException if nothing was ever replayed under this prefix
     */
    public static long published(ReplaySource events, ReplaySettings settings) {
        return Checkpoint.position(
                ReplayTopics.lastCheckpoint(settings), Checkpoint.fingerprint(events), settings.run());
    }

    /**
     * Publishes all events that are not published yet. Returns when it has published them or after {@link #stop}.
     *
     * @return the progress at the end
     * @throws ReplayException if the broker or the registry fails; acknowledged events stay
     */
    public ReplayProgress run() {
        try {
            boolean done = false;
            while (!done) {
                done = publish();
            }
        } catch (KafkaException e) {
            throw new ReplayException(
                    "replay stopped at event " + committed + " of " + total + ": "
                            + (ReplayFailures.isFenced(e)
                                    ? TAKEN_OVER
                                    : ReplayFailures.reason(e) + "; start the same run again to continue from there"),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplayException("replay interrupted at event " + committed + " of " + total, e);
        }
        ReplayProgress end = progress();
        LOG.info("replay ended at event {} of {}", end.position(), end.total());
        listener.accept(end);
        return end;
    }

    /** Pauses the replay until {@link #resume}. Events that were sent become visible first. */
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

    /** Whether it is paused, or will be as soon as the current event is sent. */
    public boolean paused() {
        synchronized (lock) {
            return paused && !stopped;
        }
    }

    /** Whether the broker has not answered for some seconds. */
    public boolean waiting() {
        return requests.waiting();
    }

    /** Changes the speed within {@value #LONGEST_SLEEP_MILLIS} ms; a paused replay stays paused. */
    public void speed(ReplaySpeed speed) {
        synchronized (lock) {
            requestedSpeed = speed;
        }
    }

    /** The last requested speed. */
    public ReplaySpeed speed() {
        synchronized (lock) {
            return requestedSpeed;
        }
    }

    /** Makes {@link #run} return soon, after it has committed all sent events. */
    public void stop() {
        synchronized (lock) {
            stopped = true;
            lock.notifyAll();
        }
    }

    private boolean isStopped() {
        synchronized (lock) {
            return stopped;
        }
    }

    @Override
    public void close() {
        target.close();
    }

    /** Returns false after a failure that a new attempt can repair. */
    private boolean publish() throws InterruptedException {
        try {
            if (!ready) {
                takeOver();
            }
            publishRest();
            return true;
        } catch (KafkaException e) {
            if (!ReplayFailures.isTemporary(e)) {
                throw e;
            }
            LOG.info("the replay continues after event {}: {}", committed, e.toString());
            ready = false;
            requests.pause();
            return false;
        }
    }

    /** Continues after the last committed event; the outcome of a commit that was not answered becomes known here. */
    private void takeOver() throws InterruptedException {
        long published = requests.untilAnswered(target::takeOver);
        boolean again = position > 0;
        if (again && published > position) {
            throw new ReplayException("replay stopped at event " + committed + " of " + total + ": " + TAKEN_OVER);
        }
        committed = published;
        position = published;
        ready = true;
    }

    private void publishRest() throws InterruptedException {
        try (Stream<ReplayEvent> all = events.stream()) {
            for (Iterator<ReplayEvent> left = all.iterator(); left.hasNext(); ) {
                ReplayEvent event = left.next();
                if (event.arrivalOrder() < committed) {
                    eventTime = Math.max(eventTime, event.eventTime());
                    continue;
                }
                if (!waitFor(event)) {
                    break;
                }
                send(event);
            }
        }
        commit();
    }

    /** Returns false if the replay was stopped. */
    private boolean waitFor(ReplayEvent event) throws InterruptedException {
        while (true) {
            if (!waitWhilePaused()) {
                return false;
            }
            pace.change(speed(), event.arrivesAt());
            // The catalogue and the appointments booked before the window are published before time starts.
            boolean before = event.arrivesAt() <= events.from() && !pace.live();
            long wait = before ? 0 : pace.nanosUntil(event.arrivesAt());
            if (wait <= 0) {
                return true;
            }
            if (position > committed && clock.nanos() - transactionSince >= commitNanos) {
                commit();
            } else {
                report(false);
                long open = position > committed ? transactionSince + commitNanos - clock.nanos() : Long.MAX_VALUE;
                clock.sleep(Duration.ofNanos(Math.max(0, Math.min(Math.min(wait, open), LONGEST_SLEEP.toNanos()))));
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
        report(true);
        synchronized (lock) {
            while (paused && !stopped) {
                lock.wait();
            }
        }
        pace.resume();
        return waitWhilePaused();
    }

    private void send(ReplayEvent event) throws InterruptedException {
        if (position == committed) {
            requests.untilAnswered(target::begin);
            transactionSince = clock.nanos();
        }
        requests.once(() -> target.send(event));
        position++;
        eventTime = Math.max(eventTime, event.eventTime());
        arrivesAt = Math.max(arrivesAt, event.arrivesAt());
        boolean full = position - committed >= MOST_IN_TRANSACTION;
        // Readers need the catalogue before all other events.
        boolean catalogueSent = position == catalogue;
        if (full || catalogueSent || clock.nanos() - transactionSince >= commitNanos) {
            commit();
        }
    }

    private void commit() throws InterruptedException {
        if (position == committed) {
            return;
        }
        requests.untilAnswered(() -> target.commit(position, eventTime));
        committed = position;
        committedEventTime = eventTime;
        pace.reached(committed);
        report(true);
    }

    private void report(boolean now) {
        long nanos = clock.nanos();
        if (now || nanos - lastReportNanos >= LONGEST_SLEEP.toNanos()) {
            lastReportNanos = nanos;
            listener.accept(progress());
        }
    }

    private ReplayProgress progress() {
        return new ReplayProgress(
                committed,
                total,
                committedEventTime,
                pace.eventsPerSecond(),
                pace.timeLeft(arrivesAt, events.to(), total - committed),
                paused(),
                pace.speed());
    }
}
