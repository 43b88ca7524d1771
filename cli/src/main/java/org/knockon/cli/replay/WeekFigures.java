package org.knockon.cli.replay;

import java.time.LocalDate;
import java.util.List;
import org.knockon.cli.counts.PublishedResults;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.producers.scenario.RecordedWeek;

/**
 * Known postponements with a slot in one week: as the hospital published them, and as they were counted.
 *
 * @param published what the scenario says was recorded
 */
record WeekFigures(RecordedWeek published, long outpatient, long elective) {

    /** In the order of the scenario. */
    static List<WeekFigures> of(List<RecordedWeek> weeks, PublishedResults found) {
        return weeks.stream()
                .map(week -> new WeekFigures(
                        week,
                        known(week, found, Category.OUTPATIENT),
                        known(week, found, Category.THEATRE) + known(week, found, Category.DAY_CASE)))
                .toList();
    }

    boolean asPublished() {
        return published.outpatient() == outpatient && published.elective() == elective;
    }

    String difference() {
        return "week of " + published.from() + ": " + published.outpatient() + " outpatient and " + published.elective()
                + " elective postponements were published, counted are " + outpatient + " and " + elective;
    }

    private static long known(RecordedWeek week, PublishedResults found, Category category) {
        long known = 0;
        for (LocalDate day = week.from(); !day.isAfter(week.to()); day = day.plusDays(1)) {
            known += found.counts(new Cell(Dimension.SLOT_DAY_CATEGORY, day + "/" + category))
                    .postponed();
        }
        return known;
    }
}
