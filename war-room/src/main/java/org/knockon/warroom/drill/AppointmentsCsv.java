package org.knockon.warroom.drill;

import java.util.List;
import org.knockon.warroom.drill.AppointmentsView.Row;
import org.knockon.warroom.report.ReportCsv;

/** The appointments of an outage as CSV (RFC 4180); each line says EXERCISE or LIVE. */
public final class AppointmentsCsv {

    private AppointmentsCsv() {}

    /** UTF-8 when written. A list that was cut ends with a line that says so. */
    public static String of(AppointmentsView view) {
        String kind = view.head().exercise() == null ? "LIVE" : "EXERCISE";
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
                "firstPostponedSlot",
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
                    row.firstPostponedSlot() == null
                            ? ""
                            : row.firstPostponedSlot().toString(),
                    row.state())));
        }
        if (view.cut()) {
            csv.append(ReportCsv.line(
                    List.of(kind, view.outageId(), AppointmentsHtml.CUT, "", "", "", "", "", "", "", "", "")));
        }
        return csv.toString();
    }
}
