package org.knockon.warroom.drill;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.knockon.warroom.drill.AppointmentsView.Row;
import org.knockon.warroom.report.ReportCsv;

/**
 * The appointments of an outage as CSV (RFC 4180); each line says EXERCISE or LIVE. Times are in UTC and beside that as the local clock
 * shows them, with its offset, because people who call patients read a local time off the list.
 */
public final class AppointmentsCsv {

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);

    private AppointmentsCsv() {}

    /** UTF-8 when written. A list that was cut ends with a line that says so. */
    public static String of(AppointmentsView view) {
        String kind = view.head().exercise() == null ? "LIVE" : "EXERCISE";
        ZoneId zone = view.head().zone();
        StringBuilder csv = new StringBuilder(ReportCsv.line(List.of(
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
            csv.append(ReportCsv.line(List.of(
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
            csv.append(ReportCsv.line(
                    List.of(kind, view.outageId(), AppointmentsHtml.CUT, "", "", "", "", "", "", "", "", "", "", "")));
        }
        return csv.toString();
    }

    private static String local(Instant instant, ZoneId zone) {
        return LOCAL.format(instant.atZone(zone));
    }
}
