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
import org.knockon.warroom.board.Affected;
import org.knockon.warroom.board.Board;
import org.knockon.warroom.board.BoardView;
import org.knockon.warroom.board.Said;
import org.knockon.warroom.board.Standing;
import org.knockon.warroom.board.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the board: one thread that reads the topics, and begins anew from their beginning should reading fail. */
public final class BoardKeeper implements BoardSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BoardKeeper.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long PAUSE_MILLIS = 2_000;
    private static final long LONGEST_CLOSE_MILLIS = 5_000;

    private final WarRoomSettings settings;
    private final LongSupplier wallClock;
    private final PipelineWatch watch;
    private final Optional<LiveWatch> live;
    private final AffectedReader affected;
    private final AffectedReader toCount;
    private final Thread thread = new Thread(this::keep, "war-room-board");
    private volatile Reading reading;
    private volatile boolean caughtUp;
    private volatile boolean closed;

    private BoardKeeper(WarRoomSettings settings, LongSupplier wallClock) {
        this.settings = settings;
        this.wallClock = wallClock;
        watch = new PipelineWatch(settings.client(), settings.prefix(), settings.applicationId());
        affected =
                new AffectedReader(settings.client(), settings.prefix(), "another list of appointments is being read");
        toCount = new AffectedReader(
                settings.client(), settings.prefix(), "the appointments of another outage are being counted");
        reading = open();
        live = LiveWatch.start(settings, wallClock);
        thread.setDaemon(true);
    }

    /**
     * Starts reading; the topics must exist.
     *
     * @param wallClock epoch milliseconds
     */
    public static BoardKeeper start(WarRoomSettings settings, LongSupplier wallClock) {
        BoardKeeper keeper = new BoardKeeper(settings, wallClock);
        keeper.thread.start();
        keeper.watch.start();
        return keeper;
    }

    @Override
    public boolean caughtUp() {
        return caughtUp;
    }

    @Override
    public Pipeline pipeline() {
        return watch.pipeline();
    }

    @Override
    public long unreadable() {
        return reading.reader.unreadable();
    }

    /**
     * Event time on the screen: the wall clock where events are live. In an exercise it is how far counting has come, and what the
     * monitors saw since only once that is counted too.
     */
    @Override
    public Optional<Long> now() {
        if (settings.exercise().isEmpty()) {
            return Optional.of(wallClock.getAsLong());
        }
        Board board = reading.board;
        synchronized (board) {
            boolean counted = watch.pipeline().equals(new Pipeline(Pipeline.State.RUNNING, 0));
            long now = counted || board.countedUntil() == Long.MIN_VALUE
                    ? Math.max(board.countedUntil(), board.observedUntil())
                    : board.countedUntil();
            return now == Long.MIN_VALUE ? Optional.empty() : Optional.of(now);
        }
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
    public Optional<Standing> standing(OptionalLong at) {
        Reading held = reading;
        Board board = held.board;
        synchronized (board) {
            long latest = Math.max(board.countedUntil(), board.observedUntil());
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
        return live.map(LiveWatch::outages).orElse(Optional.of(List.of()));
    }

    @Override
    public List<Said> said(String systemId, long from, long to) {
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
    public Affected.Rows affected(String outageId) {
        return affected.read(outageId).first(AffectedReader.MOST_LISTED);
    }

    @Override
    public Affected.Rows affectedToCount(String outageId) {
        return toCount.read(outageId);
    }

    private Reading open() {
        Board board = new Board(settings.zone());
        return new Reading(board, new TopicReader(settings.client(), settings.prefix(), board));
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
        closed = true;
        watch.close();
        live.ifPresent(LiveWatch::close);
        reading.reader.wakeup();
        try {
            thread.join(LONGEST_CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Reading(Board board, TopicReader reader) {}
}
