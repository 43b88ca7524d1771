package org.knockon.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.knockon.cli.counts.PublishedResults;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.oracle.Verdict;
import org.knockon.producers.scenario.RecordedWeek;
import org.knockon.schemas.CellCounts;

class WeekFiguresTest {

    private static final RecordedWeek WEEK =
            new RecordedWeek(LocalDate.parse("2024-06-03"), LocalDate.parse("2024-06-09"), 6, 5);

    private final TreeMap<String, CellCounts> counts = new TreeMap<>();

    @Test
    void sumsThePostponedOfEachDayAndBothKindsOfProcedure() {
        postponed("2024-06-02/OUTPATIENT", 100);
        postponed("2024-06-03/OUTPATIENT", 2);
        postponed("2024-06-09/OUTPATIENT", 4);
        postponed("2024-06-10/OUTPATIENT", 100);
        postponed("2024-06-04/THEATRE", 3);
        postponed("2024-06-04/DAY_CASE", 2);
        postponed("2024-06-04/DIAGNOSTIC", 100);

        List<WeekFigures> weeks = WeekFigures.of(List.of(WEEK), published());

        assertThat(weeks).containsExactly(new WeekFigures(WEEK, 6, 5));
        assertThat(weeks.get(0).matches()).isTrue();
    }

    @Test
    void reportsAWeekThatDiffersFromThePublishedFiguresEvenIfTheOracleAgrees() {
        postponed("2024-06-03/OUTPATIENT", 6);
        PublishedResults results = published();
        Verdict same = new Verdict(null, new TreeMap<>(), new TreeMap<>(), results.plainCounts());

        Verification verification = Verification.of(same, results, WeekFigures.of(List.of(WEEK), results));

        assertThat(verification.matches()).isFalse();
        assertThat(verification.differences())
                .containsExactly(
                        "week of 2024-06-03: 6 outpatient and 5 elective appointments were published as postponed,"
                                + " but 6 and 0 are counted");
    }

    private void postponed(String dayAndCategory, int number) {
        Cell cell = Cell.parse("SLOT_DAY_CATEGORY|" + dayAndCategory);
        ImpactCounts one = new ImpactCounts(7, 7, 7, number - 1, 0, 1, 0, 7);
        counts.put(cell.key(), new CellCounts(cell, one, 0));
    }

    private PublishedResults published() {
        return new PublishedResults(new TreeMap<>(), new TreeMap<>(), counts);
    }
}
