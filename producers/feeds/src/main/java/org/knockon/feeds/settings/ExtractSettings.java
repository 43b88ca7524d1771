package org.knockon.feeds.settings;

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.knockon.feeds.load.ExtractColumns;
import org.knockon.feeds.tables.WordTable;
import org.knockon.impact.model.AppointmentStatus;

/**
 * How an extract of a booking system looks.
 *
 * @param statuses further texts of the status; empty means ignored
 * @param times further forms of times
 * @param zone of times without an offset
 * @param separator of fields
 */
public record ExtractSettings(
        ExtractColumns columns,
        WordTable<Optional<AppointmentStatus>> statuses,
        List<DateTimeFormatter> times,
        ZoneId zone,
        Charset charset,
        char separator) {

    public ExtractSettings {
        times = List.copyOf(times);
    }
}
