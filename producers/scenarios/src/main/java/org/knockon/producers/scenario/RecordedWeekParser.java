package org.knockon.producers.scenario;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.knockon.producers.yaml.Item;
import org.knockon.producers.yaml.Section;

/** Reads the weeks for which the number of recorded postponements is given. */
final class RecordedWeekParser {
    private RecordedWeekParser() {}

    static List<RecordedWeek> read(ScenarioDraft draft, Item item) {
        List<RecordedWeek> weeks = new ArrayList<>();
        LocalDate free = LocalDate.MIN;
        for (Item entry : item.list()) {
            try (Section section = entry.section()) {
                Item last = section.required("to");
                Item first = section.required("from");
                RecordedWeek week = new RecordedWeek(
                        draft.date(first),
                        draft.date(last),
                        (int) section.required("outpatient").whole(0, 1_000_000, 0),
                        (int) section.required("elective").whole(0, 1_000_000, 0));
                if (week.to().isBefore(week.from())) {
                    last.reject("the week ends before it starts", "put the earlier day first");
                } else if (week.from().isBefore(free)) {
                    first.reject("this week overlaps the one before", "start on " + free + " or later");
                }
                long written = week.to()
                        .plusDays(8)
                        .atStartOfDay(draft.zone)
                        .toInstant()
                        .toEpochMilli();
                if (written > draft.to) {
                    last.reject(
                            "the window ends less than a week after this week",
                            "hospitals record late; extend the window by at least a week");
                }
                free = week.to().plusDays(1);
                weeks.add(week);
            }
        }
        return weeks;
    }
}
