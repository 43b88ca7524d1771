package org.knockon.warroom.drill;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.knockon.warroom.drill.AppointmentsView.Row;
import org.knockon.warroom.page.Csv;

/**
 * The appointments of an outage as CSV (RFC 4180). Each line says EXERCISE or LIVE. Times are given in UTC and in local
 * time with its offset, because staff who call patients need the local time.
 */
public final class AppointmentsCsv {

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);

    private AppointmentsCsv() {}

    /** To be encoded as UTF-8. An incomplete list ends with a line that says so. */
    public static String of(AppointmentsView view) {
        String kind = view.head().exercise() == null ? "LIVE" : "EXERCISE";
        ZoneId zone = view.head().zone();
        StringBuilder csv = new StringBuilder(Csv.line(List.of(
                "kind",
                "outageId",
                "appointmentId",
                "serviceId",
                "service",
                "site",
                "specialty",
                "category",
                "priority",
                "slotStart",
                "slotStartLocal",
                "firstPostponedSlot",
                "firstPostponedSlotLocal",
                "state")));
        for (Row row : view.rows()) {
            csv.append(Csv.line(List.of(
                    kind,
                    view.outageId(),
                    row.appointmentId(),
                    row.serviceId(),
                    row.service(),
                    row.site(),
                    row.specialty(),
                    row.category(),
                    row.priority(),
                    row.slotStart().toString(),
                    local(row.slotStart(), zone),
                    row.firstPostponedSlot() == null
                            ? ""
                            : row.firstPostponedSlot().toString(),
                    row.firstPostponedSlot() == null ? "" : local(row.firstPostponedSlot(), zone),
                    row.state())));
        }
        if (view.cut()) {
            csv.append(Csv.line(List.of(
                    kind, view.outageId(), AppointmentsHtml.INCOMPLETE, "", "", "", "", "", "", "", "", "", "", "")));
        }
        return csv.toString();
    }

    private static String local(Instant instant, ZoneId zone) {
        return LOCAL.format(instant.atZone(zone));
    }
}
