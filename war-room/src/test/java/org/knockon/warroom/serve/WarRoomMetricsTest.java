package org.knockon.warroom.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.Evidence;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.Outage;
import org.knockon.impact.model.PublishedOutage;

class WarRoomMetricsTest {

    private static final long NOW = FakeBoard.NOW;

    private final FakeBoard board = new FakeBoard();
    private final WarRoomMetrics metrics = new WarRoomMetrics(board);

    @Test
    void hasTheCountsOfTheHospitalItsSitesAndItsCategories() {
        board.postponed(12);
        write(Dimension.CATEGORY, "THEATRE", 5);
        write(Dimension.SITE_CATEGORY, "RJ121/THEATRE", 5);
        write(Dimension.SITE_CATEGORY, "RJ121/OUTPATIENT", 7);

        assertThat(metrics.text())
                .contains("knockon_appointments{dimension=\"ALL\",state=\"awaitingDate\",value=\"\"} 12.0\n")
                .contains("knockon_appointments{dimension=\"CATEGORY\",state=\"awaitingDate\",value=\"THEATRE\"} 5.0\n")
                .contains("knockon_appointments{dimension=\"SITE\",state=\"awaitingDate\",value=\"RJ121\"} 12.0\n")
                .contains("knockon_appointments{dimension=\"SITE\",state=\"atRisk\",value=\"RJ121\"} 0.0\n");
    }

    @Test
    void hasNoSeriesForSingleServicesSystemsOrOutages() {
        for (Dimension dimension : List.of(Dimension.SERVICE, Dimension.SYSTEM, Dimension.OUTAGE)) {
            write(dimension, "some-" + dimension, 3);
        }

        assertThat(metrics.text()).doesNotContain("some-");
    }

    @Test
    void followsTheBoard() {
        board.postponed(1);
        metrics.text();
        board.postponed(2);

        assertThat(metrics.text()).contains("state=\"awaitingDate\",value=\"\"} 2.0\n").doesNotContain("\"} 1.0");
    }

    @Test
    void countsOpenOutagesAndSaysHowFreshTheBoardIs() {
        write("epr", Long.MAX_VALUE);
        write("pas", NOW - 1_000);

        assertThat(metrics.text())
                .contains("knockon_outages_open 1.0\n")
                .contains("knockon_board_ready 1.0\n")
                .contains("knockon_board_behind_seconds 0.0\n")
                .contains("knockon_board_unreadable_records 0.0\n")
                .containsPattern("knockon_board_clock_seconds 1\\.65824532E9\n");
    }

    @Test
    void hasNoCountsUntilTheBoardIsReady() {
        board.postponed(12);
        board.ready(false);

        assertThat(metrics.text())
                .contains("knockon_board_ready 0.0\n", "knockon_outages_open NaN\n")
                .doesNotContain("knockon_appointments{");
    }

    private void write(Dimension dimension, String value, long postponed) {
        board.write(to -> to.counts(
                new Cell(dimension, value), new ImpactCounts(0, 0, 0, postponed, 0, 0, 0, 0), NOW));
    }

    private void write(String system, long until) {
        Outage outage = new Outage(system, NOW - 60_000, until, false, Evidence.OBSERVED, NOW - 30_000);
        board.write(to -> to.outage(
                outage.id(), new PublishedOutage(outage, List.of(outage.id()), List.of(), List.of())));
    }
}
