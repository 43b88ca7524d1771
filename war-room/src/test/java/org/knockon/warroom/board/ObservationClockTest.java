package org.knockon.warroom.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.SystemStatus;

/** No observation after the board's clock counts, whatever monitors send. */
class ObservationClockTest {

    private static final long MINUTE = 60_000;
    private static final long NOW = 1_658_245_320_000L;
    private static final long IN_TEN_YEARS = NOW + Duration.ofDays(3_653).toMillis();

    private final Board board = new Board(ZoneId.of("Europe/London"));

    @Test
    void staysAtTheNewestCountDespiteObservationsFromTheFuture() {
        counted(board, NOW);
        observe(board, "probe", IN_TEN_YEARS);

        assertThat(board.latest(NOW)).isEqualTo(NOW);
        assertThat(snapshot(board).observedUntil()).isNull();
    }

    @Test
    void ignoresObservationsAfterTheWallClockBeforeTheFirstCount() {
        observe(board, "probe", NOW - MINUTE);
        observe(board, "probe", IN_TEN_YEARS);

        assertThat(board.latest(NOW)).isEqualTo(NOW - MINUTE);
    }

    @Test
    void marksAMonitorSilentThatOnceSentAnObservationFromTheFuture() {
        observe(board, "probe", IN_TEN_YEARS);
        for (int look = 0; look < 20; look++) {
            observe(board, "probe", NOW - 200 * MINUTE + look * 10L * MINUTE);
        }

        assertThat(board.now(NOW + 25 * MINUTE).feeds())
                .containsExactly(new BoardView.FeedRow("probe", NOW - 10 * MINUTE, 10 * MINUTE, NOW - 10 * MINUTE));
    }

    @Test
    void keepsValidObservationsOfAMonitorThatAlsoSendsFutureOnes() {
        for (int i = 0; i < 5_000; i++) {
            observe(board, "probe", IN_TEN_YEARS + i * 10L * MINUTE);
        }
        observe(board, "probe", NOW - MINUTE);

        assertThat(board.now(NOW).feeds())
                .extracting(BoardView.FeedRow::lastSeen)
                .containsExactly(NOW - MINUTE);
        assertThat(board.statusHistory("pas", 0, Long.MAX_VALUE))
                .containsExactly(new StatusStretch("probe", SystemStatus.UP, NOW - MINUTE, NOW - MINUTE));
    }

    @Test
    void showsAnObservationOnceTheClockReachesIt() {
        counted(board, NOW);
        observe(board, "probe", NOW + 3 * MINUTE);
        assertThat(board.now(NOW).feeds()).isEmpty();
        assertThat(board.statusHistory("pas", 0, Long.MAX_VALUE)).isEmpty();

        counted(board, NOW + 3 * MINUTE);

        assertThat(board.now(NOW + 3 * MINUTE).feeds())
                .extracting(BoardView.FeedRow::lastSeen)
                .containsExactly(NOW + 3 * MINUTE);
        assertThat(board.statusHistory("pas", 0, Long.MAX_VALUE)).hasSize(1);
    }

    @Test
    void doesNotDependOnTheOrderOfCountsAndObservations() {
        List<Consumer<Board>> events = new ArrayList<>();
        Random random = new Random(11);
        for (int i = 0; i < 600; i++) {
            long at = NOW + (random.nextInt(2_000) - 1_000) * MINUTE + random.nextInt(60_000);
            String monitor = "monitor" + random.nextInt(5);
            events.add(to -> observe(to, monitor, at));
        }
        for (int i = 0; i < 50; i++) {
            long asOf = NOW - i * 7L * MINUTE;
            events.add(to -> counted(to, asOf));
        }
        BoardSnapshot expected = snapshot(fold(events));
        for (long seed = 1; seed <= 50; seed++) {
            Collections.shuffle(events, new Random(seed));
            Board board = fold(events);
            if (board.needsObservationsAgain()) {
                events.forEach(event -> event.accept(board));
            }
            assertThat(snapshot(board)).as("seed " + seed).isEqualTo(expected);
            assertThat(board.statusHistory("pas", 0, NOW)).as("seed " + seed).isNotEmpty();
        }
        assertThat(expected.feeds()).hasSize(5);
        assertThat(expected.observedUntil()).isLessThanOrEqualTo(NOW);
    }

    @Test
    void requestsObservationsAgainIfMoreWaitedThanItHolds() {
        counted(board, NOW);
        int waiting = FutureObservations.MAX + 500;
        for (int i = waiting; i > 0; i--) {
            observe(board, "probe", NOW + i * 1_000L);
        }
        assertThat(board.needsObservationsAgain()).isFalse();

        long end = NOW + waiting * 1_000L;
        counted(board, end);

        assertThat(board.needsObservationsAgain()).isTrue();
        assertThat(board.needsObservationsAgain()).as("only once").isFalse();
        for (int i = waiting; i > 0; i--) {
            observe(board, "probe", NOW + i * 1_000L);
        }
        assertThat(board.now(end).feeds())
                .extracting(BoardView.FeedRow::lastSeen)
                .containsExactly(end);
        assertThat(board.needsObservationsAgain()).isFalse();
    }

    @Test
    void tracksTheFirstMonitorsByNameAndCountsTheOthers() {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < MonitorFeeds.MAX + 300; i++) {
            numbers.add(i);
        }
        Collections.shuffle(numbers, new Random(3));
        numbers.forEach(i -> observe(board, String.format("monitor%05d", i), NOW));

        BoardView view = board.now(NOW);
        assertThat(view.feeds()).hasSize(MonitorFeeds.MAX);
        assertThat(view.feeds().get(MonitorFeeds.MAX - 1).monitor())
                .isEqualTo(String.format("monitor%05d", MonitorFeeds.MAX - 1));
        assertThat(view.moreFeeds()).isEqualTo(300);
        assertThat(snapshot(board).moreFeeds()).isEqualTo(300);
    }

    @Test
    void measuresTheGapsOfAMonitorThatPollsManySystemsAtOnce() {
        for (int look = 0; look < 20; look++) {
            for (int system = 0; system < 400; system++) {
                observe(board, "probe", NOW - 300 * MINUTE + look * 5L * MINUTE + system);
            }
        }

        BoardView.FeedRow feed = board.now(NOW).feeds().get(0);
        assertThat(feed.usualGapMillis()).isBetween(4 * MINUTE, 5 * MINUTE);
        assertThat(feed.silentSince()).isNotNull();
    }

    private static Board fold(List<Consumer<Board>> events) {
        Board folded = new Board(ZoneId.of("Europe/London"));
        events.forEach(event -> event.accept(folded));
        return folded;
    }

    private static BoardSnapshot snapshot(Board board) {
        return board.snapshot(board.latest(NOW), false, new BoardSnapshot.Input(List.of(), 0));
    }

    private static void counted(Board to, long asOf) {
        to.counts(Cell.ALL, ImpactCounts.ZERO, asOf);
    }

    private static void observe(Board to, String monitor, long at) {
        to.observation(new Observation("pas", SystemStatus.UP, at, monitor, null));
    }
}
