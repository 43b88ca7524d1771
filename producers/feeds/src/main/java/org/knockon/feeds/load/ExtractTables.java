package org.knockon.feeds.load;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.knockon.feeds.tables.IdTable;
import org.knockon.feeds.tables.WordTable;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Priority;

/**
 * What the words of an extract mean: the tables of its feed.
 *
 * @param namespace before each appointment id, with a slash; may be empty
 * @param zone of times without an offset
 * @param times further forms of times, tried before the usual ones
 * @param defaultService for rows that name none
 * @param statuses empty meaning: the row is ignored
 * @param defaultMinutes length of an appointment whose end is not given
 */
public record ExtractTables(
        String namespace,
        ExtractColumns columns,
        ZoneId zone,
        List<DateTimeFormatter> times,
        IdTable services,
        Optional<String> defaultService,
        WordTable<Optional<AppointmentStatus>> statuses,
        WordTable<ChangeReason> reasons,
        WordTable<Priority> priorities,
        int defaultMinutes) {

    public ExtractTables {
        times = List.copyOf(times);
    }

    /** {@code pas/4711}, or {@code 4711} without a namespace. */
    String id(String own) {
        return namespace.isEmpty() ? own : namespace + "/" + own;
    }
}
