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

/** A board, whoever keeps it, as the server reads it. For any thread. */
public interface BoardSource {

    /** Whether everything has been read that was there at the start; until then the board is not to be shown. */
    boolean caughtUp();

    PipelineStatus pipeline();

    /** Why what it says stands still; empty while it does not. */
    default Optional<Trouble> trouble() {
        return Optional.empty();
    }

    /** What keeps a board from going on. */
    enum Trouble {
        /** A thread has ended: only another start helps. */
        FAILED,
        /** The broker has not answered for 15 seconds. */
        BROKER_AWAY
    }

    /** Records that could not be decoded, and so are not on the board. */
    long unreadable();

    /** Event time on the screen; empty before the first event. */
    Optional<Long> now();

    /** @param now of {@link #now()} */
    BoardView view(long now);

    /** From history. */
    BoardView viewAt(long instant);

    /**
     * All that is known, for a report, and which records it was made of. Without an instant it stands at the latest event time that was
     * read, live too: the same records give the same report, whatever the wall clock says.
     *
     * @param at from history; empty for what stands now
     * @return empty until everything has been read that was there at the start, and before the first event
     */
    Optional<BoardSnapshot> standing(OptionalLong at);

    /**
     * Root causes that are live, while the board shows an exercise: those that are open and the few that ended last; none where it does
     * not.
     *
     * @return empty until they are known: a screen that is told of none would take the next for new
     */
    Optional<List<Timeline.Band>> liveOutages();

    /** What there is to seek in. */
    Timeline timeline();

    /** What monitors said of a system in [from, to]. */
    List<StatusStretch> said(String systemId, long from, long to);

    /** A cell in [from, to], by the end of five minutes; with what stood at {@code from} where that is known. */
    SortedMap<Long, ImpactCounts> history(Cell cell, long from, long to);

    /**
     * The appointments an outage had a part in, as they stand now; read from the topic when it is asked for, and not kept.
     *
     * @throws BusyException when another list is being read, or reading takes too long
     */
    AffectedAppointments.Rows affected(String outageId);

    /**
     * The same, to be added up and forgotten. Lists and counts do not wait for each other: one of each is read at a time.
     *
     * @throws BusyException when another outage is being counted, or reading takes too long
     */
    AffectedAppointments.Rows affectedToCount(String outageId);
}
