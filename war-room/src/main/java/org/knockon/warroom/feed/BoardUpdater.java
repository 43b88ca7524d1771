package org.knockon.warroom.feed;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.server.threads.SupervisedThreads;
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.board.AffectedAppointments;
import org.knockon.warroom.board.Board;
import org.knockon.warroom.board.BoardSnapshot;
import org.knockon.warroom.board.BoardView;
import org.knockon.warroom.board.StatusStretch;
import org.knockon.warroom.board.Timeline;
import org.knockon.warroom.health.BrokerWatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the board up to date: one thread reads the topics, and starts again from their beginning if reading fails. */
public final class BoardUpdater implements BoardSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BoardUpdater.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long PAUSE_MILLIS = 2_000;
    /** More than the clocks of two servers differ by. */
    private static final long MAX_CLOCK_SKEW = Duration.ofHours(1).toMillis();

    private static final long TIMEOUT_MILLIS = 5_000;

    private final WarRoomSettings settings;
    private final LongSupplier wallClock;
    private final PipelineWatcher pipeline;
    private final Optional<LiveOutageWatcher> live;
    private final AffectedAppointmentsReader affected;
    private final AffectedAppointmentsReader affectedToCount;
    private final SupervisedThreads threads;
    private final BrokerWatcher broker;
    private final Thread thread;
    private volatile Reading reading;
    private volatile boolean caughtUp;
    private volatile boolean closed;

    private BoardUpdater(WarRoomSettings settings, LongSupplier wallClock, SupervisedThreads threads) {
        this.settings = settings;
        this.wallClock = wallClock;
        this.threads = threads;
        thread = threads.thread("board", this::keep);
        broker = new BrokerWatcher(settings.client(), threads);
        pipeline = new PipelineWatcher(settings.client(), settings.prefix(), broker, threads);
        affected = new AffectedAppointmentsReader(
                settings.client(), settings.prefix(), "another list of appointments is being read");
        affectedToCount = new AffectedAppointmentsReader(
                settings.client(), settings.prefix(), "the appointments of another outage are being counted");
        reading = open();
        live = LiveOutageWatcher.start(settings, wallClock, threads);
    }

    /**
     * Starts reading. The topics must exist.
     *
     * @param wallClock epoch milliseconds
     */
    public static BoardUpdater start(WarRoomSettings settings, LongSupplier wallClock) {
        return start(settings, wallClock, new SupervisedThreads());
    }

    /** The same, under the supervision of a war room's threads. */
    public static BoardUpdater start(WarRoomSettings settings, LongSupplier wallClock, SupervisedThreads threads) {
        BoardUpdater updater = new BoardUpdater(settings, wallClock, threads);
        updater.thread.start();
        updater.pipeline.start();
        updater.broker.start();
        return updater;
    }

    @Override
    public Optional<Trouble> trouble() {
        if (threads.fault().isPresent()) {
            return Optional.of(Trouble.FAILED);
        }
        return broker.available() ? Optional.empty() : Optional.of(Trouble.BROKER_AWAY);
    }

    @Override
    public boolean caughtUp() {
        return caughtUp;
    }

    @Override
    public PipelineStatus pipeline() {
        return pipeline.pipeline();
    }

    @Override
    public long unreadable() {
        return reading.reader.unreadable();
    }

    /**
     * Event time on the screen: the wall clock if events are live, in an exercise the time up to which the pipeline has
     * counted.
     */
    @Override
    public Optional<Long> now() {
        if (live()) {
            return Optional.of(wallClock.getAsLong());
        }
        Board board = reading.board;
        synchronized (board) {
            long now = board.latest(wallClock.getAsLong());
            return now == Long.MIN_VALUE ? Optional.empty() : Optional.of(now);
        }
    }

    private boolean live() {
        return settings.exercise().isEmpty();
    }

    @Override
    public BoardView view(long now) {
        Board board = reading.board;
        synchronized (board) {
            return board.now(now);
        }
    }

    @Override
    public BoardView viewAt(long instant) {
        Board board = reading.board;
        synchronized (board) {
            return board.at(instant);
        }
    }

    @Override
    public Optional<BoardSnapshot> snapshot(OptionalLong at) {
        Reading held = reading;
        Board board = held.board;
        synchronized (board) {
            long wall = wallClock.getAsLong();
            long latest = board.latest(wall);
            if (live()) {
                board.advanceClock(wall);
            }
            if (!caughtUp || latest == Long.MIN_VALUE) {
                return Optional.empty();
            }
            return Optional.of(board.snapshot(at.orElse(latest), at.isPresent(), held.reader.input()));
        }
    }

    @Override
    public Timeline timeline() {
        Long now = now().orElse(null);
        Board board = reading.board;
        synchronized (board) {
            return board.timeline(now);
        }
    }

    @Override
    public Optional<List<Timeline.Band>> liveOutages() {
        return live.map(LiveOutageWatcher::outages).orElse(Optional.of(List.of()));
    }

    @Override
    public List<StatusStretch> statusHistory(String systemId, long from, long to) {
        Board board = reading.board;
        synchronized (board) {
            return board.statusHistory(systemId, from, to);
        }
    }

    @Override
    public SortedMap<Long, ImpactCounts> history(Cell cell, long from, long to) {
        Board board = reading.board;
        synchronized (board) {
            return board.history(cell, from, to);
        }
    }

    @Override
    public AffectedAppointments.Rows affected(String outageId) {
        return affected.read(outageId).first(AffectedAppointmentsReader.MAX_LISTED);
    }

    @Override
    public AffectedAppointments.Rows affectedToCount(String outageId) {
        return affectedToCount.read(outageId);
    }

    private Reading open() {
        Board board = new Board(settings.zone(), live());
        LongSupplier latest = live() ? () -> wallClock.getAsLong() + MAX_CLOCK_SKEW : () -> Long.MAX_VALUE;
        return new Reading(board, new TopicReader(settings.client(), settings.prefix(), board, latest));
    }

    private void keep() {
        while (!closed) {
            try {
                follow(reading.reader);
            } catch (WakeupException closing) {
                LOG.debug("stopped reading");
            } catch (KafkaException e) {
                LOG.warn("could not read the topics, starting again: {}", e.toString());
                reopen();
            }
        }
        reading.reader.close();
    }

    private void follow(TopicReader reader) {
        while (!closed) {
            reader.read(POLL);
            caughtUp = caughtUp || reader.caughtUp();
        }
    }

    private void reopen() {
        reading.reader.close();
        while (!closed) {
            try {
                Thread.sleep(PAUSE_MILLIS);
                Reading reopened = open();
                caughtUp = false;
                reading = reopened;
                return;
            } catch (KafkaException e) {
                LOG.warn("still could not read the topics: {}", e.toString());
            } catch (InterruptedException e) {
                closed = true;
            }
        }
    }

    @Override
    public void close() {
        threads.closing();
        closed = true;
        pipeline.close();
        broker.close();
        live.ifPresent(LiveOutageWatcher::close);
        reading.reader.wakeup();
        try {
            thread.join(TIMEOUT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Reading(Board board, TopicReader reader) {}
}
