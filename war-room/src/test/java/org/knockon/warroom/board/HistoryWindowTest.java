package org.knockon.warroom.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;
import org.knockon.impact.model.SlotHour;

class HistoryWindowTest {

    private static final long NOW = Instant.parse("2022-07-19T15:42:00Z").toEpochMilli();
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long FIRST = Instant.parse("2022-04-10T15:00:00Z").toEpochMilli();
    private static final long EXACT = Instant.parse("2022-06-18T15:00:00Z").toEpochMilli();
    private static final long LONG_AGO = EXACT - 5 * DAY;
    private static final BoardSnapshot.Input NO_INPUT = new BoardSnapshot.Input(List.of(), 0);
    private static final Cell THEATRE = new Cell(Dimension.CATEGORY, "THEATRE");

    private final Board board = new Board(ZoneId.of("Europe/London"));

    @Test
    void keepsWholeHoursOfLongAgoAndSaysWhichItShows() {
        // Theatre changed early in the hour, the total late: both must be of the same time.
        history(Cell.ALL, 1, NOW - 50 * DAY);
        history(Cell.ALL, 2, LONG_AGO + 5 * MINUTE);
        history(THEATRE, 2, LONG_AGO + 5 * MINUTE);
        history(Cell.ALL, 3, LONG_AGO + 55 * MINUTE);
        history(Cell.ALL, 4, LONG_AGO + HOUR);
        history(Cell.ALL, 5, LONG_AGO + HOUR + 5 * MINUTE);
        history(Cell.ALL, 9, NOW);

        BoardView within = board.at(LONG_AGO + 30 * MINUTE);
        assertThat(within.now()).isEqualTo(LONG_AGO);
        assertThat(within.postponed().postponed()).isEqualTo(1);
        assertThat(within.postponed().procedures().postponed()).isZero();
        BoardView after = board.at(LONG_AGO + HOUR + 4 * MINUTE);
        assertThat(after.now()).isEqualTo(LONG_AGO + HOUR);
        assertThat(after.postponed().postponed()).as("on the hour").isEqualTo(4);
        assertThat(after.postponed().procedures().postponed()).isEqualTo(2);

        BoardSnapshot report = board.snapshot(LONG_AGO + HOUR + 4 * MINUTE, true, NO_INPUT);
        assertThat(report.now()).isEqualTo(LONG_AGO + HOUR);
        assertThat(report.counts()).containsEntry(Cell.ALL, postponed(4)).containsEntry(THEATRE, postponed(2));
        assertThat(board.history(Cell.ALL, FIRST, NOW)).hasSize(4);
    }

    @Test
    void keepsEachFiveMinutesOfRecentDays() {
        for (long then = EXACT; then <= NOW; then += 5 * MINUTE) {
            history(Cell.ALL, then / MINUTE, then);
        }

        assertThat(board.history(Cell.ALL, EXACT, NOW)).hasSize(31 * 24 * 12 + 9);
        BoardView view = board.at(EXACT + 14 * MINUTE);
        assertThat(view.now()).isEqualTo(EXACT + 14 * MINUTE);
        assertThat(view.postponed().postponed()).isEqualTo((EXACT + 10 * MINUTE) / MINUTE);
    }

    @Test
    void comparesTheFirstExactTimeWithCountsBeforeIt() {
        history(Cell.ALL, 50, EXACT - 5 * DAY);
        history(Cell.ALL, 40, EXACT - DAY + 5 * MINUTE);
        history(Cell.ALL, 20, EXACT - DAY + 45 * MINUTE);
        history(Cell.ALL, 10, EXACT - 40 * MINUTE);
        history(Cell.ALL, 13, EXACT - 5 * MINUTE);
        history(Cell.ALL, 9, EXACT);
        history(Cell.ALL, 9, NOW);

        BoardView first = board.at(EXACT + 5 * MINUTE);
        assertThat(first.postponed().lastHour()).as("since 55 minutes before").isEqualTo(9 - 20);
        assertThat(board.at(EXACT + 25 * MINUTE).postponed().lastHour())
                .as("since 35 minutes before")
                .isEqualTo(9 - 10);
        assertThat(first.postponed().revision()).isEqualTo(new BoardView.Revision(EXACT, -4));
    }

    @Test
    void showsNoRevisionIfOnlyTheHourIsKnown() {
        history(Cell.ALL, 9, LONG_AGO);
        history(Cell.ALL, 4, LONG_AGO + 25 * MINUTE);
        history(Cell.ALL, 6, LONG_AGO + 55 * MINUTE);
        history(Cell.ALL, 6, NOW);

        assertThat(board.at(LONG_AGO + HOUR).postponed().postponed()).isEqualTo(6);
        assertThat(board.at(LONG_AGO + HOUR).postponed().revision())
                .as("in these ten minutes it rose")
                .isNull();
    }

    @Test
    void offersOnlyTimesThatMayBeRequested() {
        history(Cell.ALL, 5, FIRST);
        history(Cell.ALL, 9, NOW);

        long weekOfSilence = NOW + 7 * DAY;
        assertThat(board.timeline(weekOfSilence).first()).isEqualTo(HistoryWindow.earliest(weekOfSilence));
    }

    @Test
    void goesBackToTheStartOfTheLongestExercise() {
        history(Cell.ALL, 7, NOW - 72 * DAY);
        history(Cell.ALL, 9, NOW);

        assertThat(board.timeline(NOW).first())
                .as("the first whole hour after the first point")
                .isEqualTo(NOW - 72 * DAY + 18 * MINUTE);
        assertThat(board.at(NOW - 71 * DAY).postponed().postponed()).isEqualTo(7);
        assertThat(HistoryWindow.earliest(NOW)).isEqualTo(FIRST);
    }

    @Test
    void keepsOnlyHoursAndRecentFiveMinutesHoweverLongItRuns() {
        for (long then = NOW - 400 * DAY; then <= NOW; then += 5 * MINUTE) {
            history(Cell.ALL, then, then);
        }

        int most = 66 * 24 + 34 * 24 * 12 + 24;
        assertThat(board.history(Cell.ALL, 0, NOW).size()).isBetween(most - 48, most);
    }

    @Test
    void dropsSlotHoursThatNoScreenShowsButKeepsDaysOfTheReport() {
        Cell day = new Cell(Dimension.SLOT_DAY_CATEGORY, "2021-01-05/THEATRE");
        long from = NOW - 400 * DAY;
        for (long then = from; then <= NOW; then += HOUR) {
            Cell slot = slot(then);
            history(slot, 1, then);
            board.counts(slot, postponed(1), then);
        }
        history(day, 3, from);
        board.counts(day, postponed(3), from);

        BoardSnapshot now = board.snapshot(NOW, false, NO_INPUT);
        BoardSnapshot then = board.snapshot(NOW, true, NO_INPUT);
        assertThat(now.counts()).containsEntry(day, postponed(3)).hasSizeLessThan(101 * 24 + 1);
        assertThat(then.counts()).containsEntry(day, postponed(3)).hasSizeLessThan(101 * 24 + 1);
        assertThat(board.now(NOW).waiting().oldestDay()).isEqualTo("2021-01-05");
        history(Cell.ALL, 1, FIRST - DAY);
        assertThat(board.at(FIRST).hours().subList(0, 12))
                .as("the oldest time that can be shown has its whole day")
                .allMatch(bar -> bar.postponed() == 1);
    }

    @Test
    void dropsSlotHoursThatItCannotParse() {
        for (String value : List.of("2022-07-19T14", "a newer form")) {
            board.counts(new Cell(Dimension.SLOT_HOUR, value), postponed(1), NOW);
            history(new Cell(Dimension.SLOT_HOUR, value), 1, NOW);
        }

        assertThat(board.snapshot(NOW, false, NO_INPUT).counts()).isEmpty();
        assertThat(board.snapshot(NOW, true, NO_INPUT).counts()).isEmpty();
    }

    @Test
    void reportsNoStartBeforeTheHistory() {
        history(Cell.ALL, 9, NOW);
        history(Cell.ALL, 5, NOW - 150 * DAY);

        assertThat(board.timeline(NOW).first()).isEqualTo(FIRST);
        assertThat(board.at(NOW - 99 * DAY).postponed().postponed())
                .as("it was still valid")
                .isEqualTo(5);
    }

    @Test
    void listsTheNewestFiveHundredRootCausesAndEveryOpenOne() {
        outage("lasts", NOW - 90 * DAY, Outage.OPEN);
        for (int number = 0; number < 600; number++) {
            outage("over-" + number, NOW - 80 * DAY + number * HOUR, NOW - 79 * DAY + number * HOUR);
        }
        history(Cell.ALL, 9, NOW);

        List<Timeline.Band> bands = board.timeline(NOW).bands();
        assertThat(bands).hasSize(500);
        assertThat(bands.get(0).name()).isEqualTo("lasts");
        assertThat(bands.get(1).name()).isEqualTo("over-101");
        assertThat(bands.get(499).name()).isEqualTo("over-599");
    }

    @Test
    void doesNotDependOnTheOrderOfPoints() {
        List<Consumer<Board>> events = new ArrayList<>();
        Random random = new Random(7);
        TreeMap<Long, ImpactCounts> points = new TreeMap<>();
        for (int i = 0; i < 1_500; i++) {
            long then = NOW - random.nextInt(130 * 24 * 12) * 5L * MINUTE;
            ImpactCounts counts = postponed(random.nextInt(1_000));
            points.put(then, counts);
        }
        points.forEach((then, counts) -> {
            events.add(to -> to.history(Cell.ALL, counts, then));
            events.add(to -> to.history(THEATRE, counts, then + 5 * MINUTE));
            events.add(to -> to.history(slot(then), counts, then));
            events.add(to -> to.counts(slot(then), counts, then));
        });
        events.add(to -> to.history(Cell.ALL, postponed(1), NOW));
        Board expected = fold(events);
        for (long seed = 1; seed <= 8; seed++) {
            Collections.shuffle(events, new Random(seed));
            Board other = fold(events);
            assertThat(other.timeline(NOW)).as("seed " + seed).isEqualTo(expected.timeline(NOW));
            for (Cell cell : List.of(Cell.ALL, THEATRE)) {
                assertThat(other.history(cell, 0, NOW)).as("seed " + seed).isEqualTo(expected.history(cell, 0, NOW));
            }
            for (int i = 0; i < 15; i++) {
                long asked = NOW - random.nextInt(100 * 24 * 60) * MINUTE;
                assertThat(other.at(asked)).as("seed " + seed).isEqualTo(expected.at(asked));
                assertThat(other.snapshot(asked, true, NO_INPUT))
                        .as("seed " + seed)
                        .isEqualTo(expected.snapshot(asked, true, NO_INPUT));
            }
            assertThat(other.now(NOW)).as("seed " + seed).isEqualTo(expected.now(NOW));
        }
        for (long hour = FIRST; hour < EXACT; hour += HOUR) {
            assertThat(expected.at(hour + 7 * MINUTE).postponed().postponed())
                    .as("no time that may be requested was removed")
                    .isEqualTo(points.floorEntry(hour).getValue().postponed());
        }
    }

    private static Board fold(List<Consumer<Board>> events) {
        Board folded = new Board(ZoneId.of("Europe/London"));
        events.forEach(event -> event.accept(folded));
        return folded;
    }

    private void history(Cell cell, long postponed, long asOf) {
        board.history(cell, postponed(postponed), asOf);
    }

    private void outage(String system, long from, long to) {
        Outage outage = new Outage(system, from, to, false, Evidence.OBSERVED, from + 2 * MINUTE);
        board.outage(outage.id(), new PublishedOutage(outage, List.of(outage.id()), List.of(), List.of()));
    }

    /** A local hour in the pipeline's format. */
    private static Cell slot(long instant) {
        return new Cell(
                Dimension.SLOT_HOUR,
                SlotHour.of(instant, ZoneId.of("Europe/London")).toString());
    }

    private static ImpactCounts postponed(long postponed) {
        return new ImpactCounts(0, 0, 0, postponed, 0, 0, 0, 0);
    }
}
