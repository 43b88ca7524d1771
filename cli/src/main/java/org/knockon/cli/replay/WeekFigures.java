package org.knockon.cli.replay;

import java.time.LocalDate;
import java.util.List;
import org.knockon.cli.counts.PublishedResults;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.producers.scenario.RecordedWeek;

/**
 * Postponed appointments with a slot in one week: the figures that the hospital published, and our counts.
 *
 * @param published published figures, from the scenario
 */
record WeekFigures(RecordedWeek published, long outpatient, long elective) {

    /** Returns the weeks in the order of the scenario. */
    static List<WeekFigures> of(List<RecordedWeek> weeks, PublishedResults results) {
        return weeks.stream()
                .map(week -> new WeekFigures(
                        week,
                        postponed(week, results, Category.OUTPATIENT),
                        postponed(week, results, Category.THEATRE) + postponed(week, results, Category.DAY_CASE)))
                .toList();
    }

    boolean matches() {
        return published.outpatient() == outpatient && published.elective() == elective;
    }

    String difference() {
        return "week of " + published.from() + ": " + published.outpatient() + " outpatient and " + published.elective()
                + " elective appointments were published as postponed, but " + outpatient + " and " + elective
                + " are counted";
    }

    private static long postponed(RecordedWeek week, PublishedResults results, Category category) {
        long postponed = 0;
        for (LocalDate day = week.from(); !day.isAfter(week.to()); day = day.plusDays(1)) {
            postponed += results.counts(new Cell(Dimension.SLOT_DAY_CATEGORY, day + "/" + category))
                    .postponed();
        }
        return postponed;
    }
}
