package org.knockon.warroom.serve;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.warroom.board.AffectedAppointments;
import org.knockon.warroom.board.Board;
import org.knockon.warroom.board.BoardSnapshot;
import org.knockon.warroom.board.BoardView;
import org.knockon.warroom.board.OffsetRange;
import org.knockon.warroom.board.StatusStretch;
import org.knockon.warroom.board.Timeline;
import org.knockon.warroom.feed.BoardSource;
import org.knockon.warroom.feed.BusyException;
import org.knockon.warroom.feed.PipelineStatus;

/** A board that a test writes to. */
final class FakeBoard implements BoardSource {

    static final long NOW = 1_658_245_320_000L;

    private final Board board = new Board(ZoneId.of("Europe/London"));
    private volatile boolean ready = true;
    private final AtomicInteger faults = new AtomicInteger();
    private volatile boolean broken;
    private final AtomicInteger reads = new AtomicInteger();
    private volatile AffectedAppointments.Rows affected = new AffectedAppointments.Rows(List.of(), false);

    synchronized void postponed(long postponed) {
        board.counts(Cell.ALL, new ImpactCounts(0, 0, 0, postponed, 0, 0, 0, 0), NOW);
    }

    synchronized void wasPostponed(long postponed, long asOf) {
        board.history(Cell.ALL, new ImpactCounts(0, 0, 0, postponed, 0, 0, 0, 0), asOf);
    }

    synchronized void write(Consumer<Board> writer) {
        writer.accept(board);
    }

    /** @param rows null while another list is being read */
    void appointments(AffectedAppointments.Rows rows) {
        affected = rows;
    }

    void ready(boolean now) {
        ready = now;
    }

    /** Whether it throws an unexpected exception. */
    void broken(boolean now) {
        broken = now;
    }

    /** Number of calls while it was broken. */
    int faults() {
        return faults.get();
    }

    @Override
    public boolean caughtUp() {
        if (broken) {
            faults.incrementAndGet();
            throw new IllegalStateException("broken by a test");
        }
        return ready;
    }

    @Override
    public PipelineStatus pipeline() {
        return new PipelineStatus(PipelineStatus.State.RUNNING, 0);
    }

    @Override
    public long unreadable() {
        return 0;
    }

    @Override
    public Optional<Long> now() {
        return Optional.of(NOW);
    }

    @Override
    public synchronized BoardView view(long now) {
        return board.now(now);
    }

    @Override
    public synchronized BoardView viewAt(long instant) {
        return board.at(instant);
    }

    @Override
    public synchronized Optional<BoardSnapshot> snapshot(OptionalLong at) {
        BoardSnapshot.Input input =
                new BoardSnapshot.Input(List.of(new OffsetRange("knockon.replay.test.impact-counts", 0, 0, 41L)), 0);
        return ready ? Optional.of(board.snapshot(at.orElse(NOW), at.isPresent(), input)) : Optional.empty();
    }

    @Override
    public Optional<List<Timeline.Band>> liveOutages() {
        return Optional.of(List.of());
    }

    @Override
    public synchronized Timeline timeline() {
        return board.timeline(NOW);
    }

    @Override
    public synchronized List<StatusStretch> statusHistory(String systemId, long from, long to) {
        return board.statusHistory(systemId, from, to);
    }

    @Override
    public synchronized SortedMap<Long, ImpactCounts> history(Cell cell, long from, long to) {
        return board.history(cell, from, to);
    }

    @Override
    public AffectedAppointments.Rows affected(String outageId) {
        if (affected == null) {
            throw new BusyException("another list of appointments is being read");
        }
        return affected;
    }

    @Override
    public AffectedAppointments.Rows affectedToCount(String outageId) {
        reads.incrementAndGet();
        return affected(outageId);
    }

    /** Number of reads for counting. */
    int readToCount() {
        return reads.get();
    }
}
