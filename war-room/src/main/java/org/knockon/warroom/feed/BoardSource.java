package org.knockon.warroom.feed;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.warroom.board.AffectedAppointments;
import org.knockon.warroom.board.BoardSnapshot;
import org.knockon.warroom.board.BoardView;
import org.knockon.warroom.board.StatusStretch;
import org.knockon.warroom.board.Timeline;

/** The board as the server reads it. Thread-safe. */
public interface BoardSource {

    /** Whether everything that was on the topics at the start has been read. Until then the board must not be shown. */
    boolean caughtUp();

    PipelineStatus pipeline();

    /** Why the board is not updated; empty while it is. */
    default Optional<Trouble> trouble() {
        return Optional.empty();
    }

    /** Why a board is not updated. */
    enum Trouble {
        /** A thread has ended: the process must be restarted. */
        FAILED,
        /** The broker has not answered for 15 seconds. */
        BROKER_AWAY
    }

    /** Number of records that could not be decoded and are missing from the board. */
    long unreadable();

    /** Event time on the screen; empty before the first event. */
    Optional<Long> now();

    /** @param now of {@link #now()} */
    BoardView view(long now);

    /** The view at an instant, from history. */
    BoardView viewAt(long instant);

    /**
     * Everything the board holds, for a report, with the records it was made from. Without {@code at} it is of the
     * latest event time read, even if events are live: the same records give the same report, whatever the wall clock
     * shows.
     *
     * @param at an instant of the history; empty for the current state
     * @return empty until {@link #caughtUp}, and before the first event
     */
    Optional<BoardSnapshot> snapshot(OptionalLong at);

    /**
     * Root causes of real outages while the board shows an exercise: those that are open and the few that ended last.
     * An empty list if the board does not show an exercise.
     *
     * @return empty until they are known: a screen that received an empty list would treat the next one as new
     */
    Optional<List<Timeline.Band>> liveOutages();

    /** The range for seeking. */
    Timeline timeline();

    /** What monitors reported about a system in [from, to]. */
    List<StatusStretch> statusHistory(String systemId, long from, long to);

    /** Counts of a cell in [from, to], by the end of each five minutes, with those at {@code from} if known. */
    SortedMap<Long, ImpactCounts> history(Cell cell, long from, long to);

    /**
     * The appointments that an outage affected, in their current state. Read from the topic on each call and not kept.
     *
     * @throws BusyException if another list is being read, or reading takes too long
     */
    AffectedAppointments.Rows affected(String outageId);

    /**
     * The same, to be summed and discarded. One list and one count may be read at the same time.
     *
     * @throws BusyException if another outage is being counted, or reading takes too long
     */
    AffectedAppointments.Rows affectedToCount(String outageId);
}
