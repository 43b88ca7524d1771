package org.knockon.warroom.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.warroom.board.BoardFixtures.postponed;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.ImpactCounts;

/** The wall in the nights in which clocks change. */
class ClockChangeTest {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final ZoneId LORD_HOWE = ZoneId.of("Australia/Lord_Howe");

    /** One appointment at 01:30 summer time and two in the hour after it, for which the clock shows the same time. */
    private static Board london(long asOf) {
        Board board = new Board(LONDON);
        count(board, "SLOT_HOUR|2022-10-30T01+01:00", 1, asOf);
        count(board, "SLOT_HOUR|2022-10-30T01+00:00", 2, asOf);
        count(board, "SLOT_HOUR|2022-10-30T02+00:00", 10, asOf);
        count(board, "ALL", 13, asOf);
        return board;
    }

    @Test
    void showsTheRepeatedHourAsTwoBars() {
        long now = at("2022-10-30T00:15:00Z");
        List<BoardView.HourBar> hours = london(now).now(now).hours();

        assertThat(starts(hours))
                .containsExactlyElementsOf(everyHour("2022-10-29T12:00:00Z", 24))
                .doesNotHaveDuplicates();
        assertThat(hours.stream().mapToLong(BoardView.HourBar::atRisk).sum()).isEqualTo(13);
        assertThat(hours.get(12)).isEqualTo(bar("2022-10-30T00:00:00Z", 1));
        assertThat(hours.get(13)).isEqualTo(bar("2022-10-30T01:00:00Z", 2));
    }

    @Test
    void countsTheNextHoursByInstants() {
        long first = at("2022-10-30T00:15:00Z");
        long second = at("2022-10-30T01:00:00Z");

        assertThat(london(first).now(first).atRisk().forecast())
                .containsExactly(
                        forecast("2022-10-30T01:00:00Z", 1),
                        forecast("2022-10-30T02:00:00Z", 3),
                        forecast("2022-10-30T04:00:00Z", 13),
                        forecast("2022-10-30T08:00:00Z", 13));
        assertThat(london(second).now(second).atRisk().forecast())
                .as("an hour later the clock shows 01:00 again, and two appointments are due in half an hour")
                .startsWith(forecast("2022-10-30T02:00:00Z", 2), forecast("2022-10-30T03:00:00Z", 12));
        assertThat(london(second).now(second).atRisk().soon()).isEqualTo(12);
        assertThat(london(second).now(second).atRisk().soonUntil()).isEqualTo(at("2022-10-30T06:00:00Z"));
    }

    @Test
    void showsNoBarForTheSkippedHourInSpring() {
        long now = at("2022-03-27T00:30:00Z");
        Board board = new Board(LONDON);
        count(board, "SLOT_HOUR|2022-03-27T00+00:00", 1, now);
        count(board, "SLOT_HOUR|2022-03-27T02+01:00", 2, now);
        count(board, "SLOT_HOUR|2022-03-27T03+01:00", 10, now);

        BoardView view = board.now(now);

        assertThat(starts(view.hours())).containsExactlyElementsOf(everyHour("2022-03-26T12:00:00Z", 24));
        assertThat(view.hours().subList(12, 15))
                .containsExactly(
                        bar("2022-03-27T00:00:00Z", 1),
                        bar("2022-03-27T01:00:00Z", 2),
                        bar("2022-03-27T02:00:00Z", 10));
        assertThat(view.atRisk().forecast())
                .startsWith(forecast("2022-03-27T01:00:00Z", 1), forecast("2022-03-27T02:00:00Z", 3));
    }

    @Test
    void showsOneShortHourWhenTheClockGoesBackByHalfAnHour() {
        long now = at("2022-04-02T15:10:00Z");
        Board board = new Board(LORD_HOWE);
        count(board, "SLOT_HOUR|2022-04-03T01+11:00", 1, now);
        count(board, "SLOT_HOUR|2022-04-03T01+10:30", 2, now);
        count(board, "SLOT_HOUR|2022-04-03T02+10:30", 10, now);

        BoardView view = board.now(now);

        assertThat(view.hours().subList(11, 14))
                .containsExactly(
                        bar("2022-04-02T14:00:00Z", 1),
                        bar("2022-04-02T15:00:00Z", 2),
                        bar("2022-04-02T15:30:00Z", 10));
        assertThat(view.atRisk().forecast())
                .startsWith(forecast("2022-04-02T15:30:00Z", 2), forecast("2022-04-02T16:30:00Z", 12));
    }

    @Test
    void showsOneShortHourWhenTheClockGoesForwardByHalfAnHour() {
        long now = at("2022-10-01T15:00:00Z");
        Board board = new Board(LORD_HOWE);
        count(board, "SLOT_HOUR|2022-10-02T01+10:30", 1, now);
        count(board, "SLOT_HOUR|2022-10-02T02+11:00", 2, now);
        count(board, "SLOT_HOUR|2022-10-02T03+11:00", 10, now);

        BoardView view = board.now(now);

        assertThat(view.hours().subList(12, 15))
                .containsExactly(
                        bar("2022-10-01T14:30:00Z", 1),
                        bar("2022-10-01T15:30:00Z", 2),
                        bar("2022-10-01T16:00:00Z", 10));
        assertThat(view.atRisk().forecast())
                .startsWith(forecast("2022-10-01T15:30:00Z", 1), forecast("2022-10-01T16:00:00Z", 3));
    }

    @Test
    void computesHeatAndCurveOfTheNightByInstants() {
        for (String zone : List.of("Europe/London", "Australia/Lord_Howe")) {
            for (String change : List.of("2022-10-30T01:00:00Z", "2022-03-27T01:00:00Z", "2022-04-02T15:00:00Z")) {
                Board board = new Board(ZoneId.of(zone));
                long from = at(change) - 60 * BoardFixtures.MINUTE;
                for (int points = 0; points < 25; points++) {
                    board.history(Cell.ALL, postponed(points), from + points * 5L * BoardFixtures.MINUTE);
                    board.history(
                            Cell.parse("SITE_CATEGORY|MAIN/THEATRE"),
                            postponed(points),
                            from + points * 5L * BoardFixtures.MINUTE);
                }
                board.counts(Cell.ALL, postponed(24), from + 120 * BoardFixtures.MINUTE);
                board.service("s", new CareService("s", "s", "ZZ9", "MAIN", "110", Category.THEATRE, List.of()));

                assertThat(board.history(Cell.ALL, from, from + 120 * BoardFixtures.MINUTE))
                        .hasSize(25);
                assertThat(board.at(from + 90 * BoardFixtures.MINUTE)
                                .postponed()
                                .postponed())
                        .isEqualTo(18);
                assertThat(board.at(from + 90 * BoardFixtures.MINUTE)
                                .postponed()
                                .lastHour())
                        .as("since 60 minutes ago, whatever the clock showed")
                        .isEqualTo(12);
                assertThat(board.at(from + 90 * BoardFixtures.MINUTE)
                                .heat()
                                .rows()
                                .get(0)
                                .cells())
                        .containsExactly(new BoardView.HeatCell(18, 0, 0));
            }
        }
    }

    private static void count(Board board, String cell, long atRisk, long asOf) {
        board.counts(Cell.parse(cell), new ImpactCounts(atRisk, 0, 0, 0, 0, 0, 0, 0), asOf);
    }

    private static BoardView.HourBar bar(String from, long atRisk) {
        return new BoardView.HourBar(at(from), 0, 0, 0, atRisk);
    }

    private static BoardView.Forecast forecast(String until, long more) {
        return new BoardView.Forecast(at(until), more);
    }

    private static List<Long> starts(List<BoardView.HourBar> hours) {
        return hours.stream().map(BoardView.HourBar::from).toList();
    }

    private static List<Long> everyHour(String first, int count) {
        return LongStream.range(0, count)
                .mapToObj(hour -> at(first) + hour * 60 * BoardFixtures.MINUTE)
                .toList();
    }

    private static long at(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
