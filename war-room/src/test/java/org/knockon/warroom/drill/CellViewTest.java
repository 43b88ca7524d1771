package org.knockon.warroom.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.warroom.board.Board;
import org.knockon.warroom.board.BoardSnapshot;

class CellViewTest {

    private static final long NOW = Instant.parse("2022-07-19T15:42:00Z").toEpochMilli();
    private static final long MINUTE = 60_000;
    private static final Cell CELL = new Cell(Dimension.SITE_CATEGORY, "RJ121/DAY_CASE");

    private final Board board = new Board(ZoneId.of("Europe/London"));

    @Test
    void showsTheNumbersEachChangeAndEachCorrection() {
        history(1, 40);
        history(100, 30);
        history(86, 20);
        history(86, 10);
        board.counts(CELL, counts(90), NOW);

        CellView view = view(NOW, false);

        assertThat(view.title()).isEqualTo("Site \u2068RJ121\u2069, day case");
        assertThat(view.figures().postponed()).isEqualTo(90);
        assertThat(view.curve())
                .extracting(CellView.Point::at, point -> point.figures().postponed())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(ago(40), 1L),
                        org.assertj.core.groups.Tuple.tuple(ago(30), 100L),
                        org.assertj.core.groups.Tuple.tuple(ago(20), 86L),
                        org.assertj.core.groups.Tuple.tuple(ago(0), 90L));
        assertThat(view.revisions()).containsExactly(new CellView.Revision(ago(20), -14));
        assertThat(CellHtml.page(view))
                .contains(
                        "revised by −14",
                        "EXERCISE: Site <bdi>RJ121</bdi>, day case",
                        "M0 236H250",
                        "<td class=\"number\">90</td>")
                .doesNotContain("<script", "style=");
    }

    @Test
    void namesTheSiteIfACareServiceDoes() {
        board.service(
                "list",
                new CareService("list", "List", "RJ1", "RJ121", "Guy's Hospital", "100", Category.DAY_CASE, List.of()));

        assertThat(view(NOW, false).title()).isEqualTo("\u2068Guy's Hospital\u2069 (\u2068RJ121\u2069), day case");
    }

    @Test
    void startsTheCurveWithTheCountsAtItsStart() {
        history(7, 60 * 24 * 8);

        assertThat(view(NOW, true).curve()).extracting(CellView.Point::at).containsExactly(ago(60 * 24 * 7), ago(0));
    }

    @Test
    void hasNoNumbersBeforeTheHistory() {
        history(5, 10);
        CellView view = view(NOW - 20 * MINUTE, true);

        assertThat(view.figures()).isNull();
        assertThat(view.curve()).isEmpty();
        assertThat(CellHtml.page(view)).contains("The history starts at", "There is no history of this cell.");
    }

    @Test
    void saysThatNothingWasCounted() {
        CellView view = view(NOW, false);

        assertThat(view.everCounted()).isFalse();
        assertThat(CellHtml.page(view)).contains("Nothing has been counted in a cell of this name, or it is");
    }

    private CellView view(long now, boolean past) {
        BoardSnapshot snapshot = board.snapshot(now, past, new BoardSnapshot.Input(List.of(), 0));
        return CellView.of(
                CELL, snapshot, OutageViewBuilderTest.head(snapshot), board.history(CELL, now - CellView.CURVE, now));
    }

    private void history(long postponed, long minutesAgo) {
        board.history(CELL, counts(postponed), NOW - minutesAgo * MINUTE);
        board.history(Cell.ALL, counts(postponed), NOW - minutesAgo * MINUTE);
    }

    private static ImpactCounts counts(long postponed) {
        return new ImpactCounts(0, 0, 0, postponed, 0, 0, 0, 0);
    }

    private static Instant ago(long minutes) {
        return Instant.ofEpochMilli(NOW - minutes * MINUTE);
    }
}
