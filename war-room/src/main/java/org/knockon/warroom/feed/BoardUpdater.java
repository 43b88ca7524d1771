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
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.board.AffectedAppointments;
import org.knockon.warroom.board.Board;
import org.knockon.warroom.board.BoardSnapshot;
import org.knockon.warroom.board.BoardView;
import org.knockon.warroom.board.StatusStretch;
import org.knockon.warroom.board.Timeline;
import org.knockon.warroom.health.BrokerWatcher;
import org.knockon.warroom.health.SupervisedThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the board: one thread that reads the topics, and begins anew from their beginning should reading fail. */
public final class BoardUpdater implements BoardSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BoardUpdater.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long PAUSE_MILLIS = 2_000;
    /** More than the clocks of two servers of ours differ by. */
    private static final long CLOCKS_APART = Duration.ofHours(1).toMillis();

    private static final long LONGEST_CLOSE_MILLIS = 5_000;

    private final WarRoomSettings settings;
    private final LongSupplier wallClock;
    private final PipelineWatcher watch;
    private final Optional<LiveOutageWatcher> live;
    private final AffectedAppointmentsReader affected;
    private final AffectedAppointmentsReader toCount;
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
        watch = new PipelineWatcher(settings.client(), settings.prefix(), settings.applicationId(), threads);
        affected =
                new AffectedAppointmentsReader(settings.client(), settings.prefix(), "another list of appointments is being read");
        toCount = new AffectedAppointmentsReader(
                settings.client(), settings.prefix(), "the appointments of another outage are being counted");
        reading = open();
        live = LiveOutageWatcher.start(settings, wallClock, threads);
    }

    /**
     * Starts reading; the topics must exist.
     *
     * @param wallClock epoch milliseconds
     */
    public static BoardUpdater start(WarRoomSettings settings, LongSupplier wallClock) {
        return start(settings, wallClock, new SupervisedThreads());
    }

    /** The same, with the threads of a war room. */
    public static BoardUpdater start(WarRoomSettings settings, LongSupplier wallClock, SupervisedThreads threads) {
        BoardUpdater keeper = new BoardUpdater(settings, wallClock, threads);
        keeper.thread.start();
        keeper.watch.start();
        keeper.broker.start();
        return keeper;
    }

    @Override
    public Optional<Trouble> trouble() {
        if (threads.fault().isPresent()) {
            return Optional.of(Trouble.FAILED);
        }
        return broker.answers() ? Optional.empty() : Optional.of(Trouble.BROKER_AWAY);
    }

    @Override
    public boolean caughtUp() {
        return caughtUp;
    }

    @Override
    public PipelineStatus pipeline() {
        return watch.pipeline();
    }

    @Override
    public long unreadable() {
        return reading.reader.unreadable();
    }

    /** Event time on the screen: the wall clock where events are live. In an exercise it is how far counting has come. */
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
    public Optional<BoardSnapshot> standing(OptionalLong at) {
        Reading held = reading;
        Board board = held.board;
        synchronized (board) {
            long wall = wallClock.getAsLong();
            long latest = board.latest(wall);
            if (live()) {
                board.hearUntil(wall);
            }
            if (!caughtUp || latest == Long.MIN_VALUE) {
                return Optional.empty();
            }
            return Optional.of(board.standing(at.orElse(latest), at.isPresent(), held.reader.record()));
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
    public List<StatusStretch> said(String systemId, long from, long to) {
        Board board = reading.board;
        synchronized (board) {
            return board.said(systemId, from, to);
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
        return affected.read(outageId).first(AffectedAppointmentsReader.MOST_LISTED);
    }

    @Override
    public AffectedAppointments.Rows affectedToCount(String outageId) {
        return toCount.read(outageId);
    }

    private Reading open() {
        Board board = new Board(settings.zone(), live());
        LongSupplier latest = live() ? () -> wallClock.getAsLong() + CLOCKS_APART : () -> Long.MAX_VALUE;
        return new Reading(board, new TopicReader(settings.client(), settings.prefix(), board, latest));
    }

    private void keep() {
        while (!closed) {
            try {
                follow(reading.reader);
            } catch (WakeupException closing) {
                LOG.debug("read long enough");
            } catch (KafkaException e) {
                LOG.warn("cannot read the topics, will begin anew: {}", e.toString());
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
                Reading anew = open();
                caughtUp = false;
                reading = anew;
                return;
            } catch (KafkaException e) {
                LOG.warn("still cannot read the topics: {}", e.toString());
            } catch (InterruptedException e) {
                closed = true;
            }
        }
    }

    @Override
    public void close() {
        threads.closing();
        closed = true;
        watch.close();
        broker.close();
        live.ifPresent(LiveOutageWatcher::close);
        reading.reader.wakeup();
        try {
            thread.join(LONGEST_CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Reading(Board board, TopicReader reader) {}
}
