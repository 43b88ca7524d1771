package org.knockon.feeds.hl7;

import java.util.List;
import java.util.Optional;
import org.knockon.feeds.tables.WordTable;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Priority;

/** How urgent an appointment is. */
final class PriorityReader {
    private static final List<String> FIELDS = List.of("TQ1-9", "SCH-11.6", "SCH-8");

    private final WordTable<Priority> priorities;

    PriorityReader(WordTable<Priority> priorities) {
        this.priorities = priorities;
    }

    Priority priority(Segments segments, Optional<AppointmentVersion> last) {
        Optional<Priority> written = FIELDS.stream()
                .map(FieldRef::parse)
                .flatMap(segments::texts)
                .flatMap(text -> priorities.of(text).stream())
                .findFirst();
        if (written.isPresent()) {
            return written.get();
        }
        return FIELDS.stream().anyMatch(segments::emptied)
                ? Priority.ROUTINE
                : last.map(AppointmentVersion::priority).orElse(Priority.ROUTINE);
    }
}
