package org.knockon.warroom.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.knockon.warroom.board.BoardView.Backlog;
import org.knockon.warroom.board.BoardView.Outlook;

class BacklogForecastTest {

    private static final long DAY = 24 * 60 * 60 * 1000L;
    private static final long NOW = 100 * DAY;

    @Test
    void givesARangeEvenForAConstantPace() {
        Backlog backlog = BacklogForecast.of(falling(400, 100), NOW - 5 * DAY, NOW);

        assertThat(backlog.outlook()).isEqualTo(Outlook.RANGE);
        assertThat(days(backlog.earliest())).isBetween(3.2, 3.4);
        assertThat(days(backlog.latest())).isBetween(4.0, 5.0);
        assertThat(backlog.latest() - backlog.earliest()).isGreaterThan(DAY / 2);
    }

    @Test
    void coversThePacesOfThreeDays() {
        // 300 a day until a day ago, 100 since.
        LongUnaryOperator waiting =
                at -> at > NOW - DAY ? 500 + (NOW - at) / (DAY / 100) : 600 + (NOW - DAY - at) / (DAY / 300);
        Backlog backlog = BacklogForecast.of(waiting, NOW - 9 * DAY, NOW);

        assertThat(days(backlog.earliest())).isBetween(2.0, 2.3);
        assertThat(days(backlog.latest())).isBetween(4.9, 5.1);
    }

    @Test
    void givesNoForecastWhileTheBacklogDoesNotFall() {
        assertThat(BacklogForecast.of(at -> 50, NOW - 5 * DAY, NOW).outlook()).isEqualTo(Outlook.NOT_FALLING);
        assertThat(BacklogForecast.of(falling(50, 1), NOW - DAY + 1, NOW).outlook())
                .isEqualTo(Outlook.TOO_EARLY);
        assertThat(BacklogForecast.of(at -> 0, NOW - 5 * DAY, NOW).outlook()).isEqualTo(Outlook.NOTHING_WAITING);
    }

    @Test
    void leavesTheEndOpenIfTheBacklogGrewRecently() {
        // Fewer than three days ago, more than yesterday.
        LongUnaryOperator waiting = at -> at <= NOW - 2 * DAY ? 900 : at <= NOW - DAY ? 400 : 500;
        Backlog backlog = BacklogForecast.of(waiting, NOW - 5 * DAY, NOW);

        assertThat(backlog.outlook()).isEqualTo(Outlook.RANGE);
        assertThat(backlog.latest()).isNull();
    }

    @Test
    void keepsTheCurveShortHoweverLongTheHistory() {
        assertThat(BacklogForecast.of(falling(10, 1), 0, NOW).curve()).hasSizeLessThan(250);
    }

    @Test
    void showsTheLastMonthHoweverLongTheHistory() {
        Backlog backlog = BacklogForecast.of(falling(10, 1), 0, NOW);

        assertThat(backlog.curve().get(0).at()).isBetween(NOW - 32 * DAY, NOW - 31 * DAY);
    }

    private static LongUnaryOperator falling(long left, long perDay) {
        return at -> left + (NOW - at) / (DAY / perDay);
    }

    private static double days(long at) {
        return (at - NOW) / (double) DAY;
    }
}
