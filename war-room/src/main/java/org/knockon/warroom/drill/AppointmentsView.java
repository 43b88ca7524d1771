package org.knockon.warroom.drill;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.MonitoredSystem;
import org.knockon.warroom.board.AffectedAppointments;
import org.knockon.warroom.board.BoardSnapshot;
import org.knockon.warroom.board.SiteNames;
import org.knockon.warroom.page.PageHeader;

/**
 * The appointments that an outage affected, in their current state, by the ids of the booking system. No patient
 * reference is read for it. Absent values are null.
 *
 * @param cut whether the list may be incomplete; the totals are those of the listed rows
 * @param byCategory number of rows per category and state
 * @param bySpecialty number of rows per treatment function code and state
 */
public record AppointmentsView(
        PageHeader head,
        String outageId,
        String system,
        boolean cut,
        List<Tally> byCategory,
        List<Tally> bySpecialty,
        List<Row> rows) {

    /**
     * @param service name of the care service
     * @param site ODS code
     * @param siteName null if no care service names the site
     */
    public record Row(
            String appointmentId,
            String serviceId,
            String service,
            String site,
            String siteName,
            String specialty,
            String category,
            String priority,
            Instant slotStart,
            Instant firstPostponedSlot,
            String state) {}

    /** Empty if the topics contain no such outage. */
    public static Optional<AppointmentsView> of(
            String outageId, BoardSnapshot snapshot, PageHeader head, Supplier<AffectedAppointments.Rows> affected) {
        return OutageViewBuilder.find(outageId, snapshot).map(published -> {
            String systemId = published.outage().systemId();
            MonitoredSystem system = snapshot.systems().get(systemId);
            AffectedAppointments.Rows read = affected.get();
            SiteNames names = new SiteNames(snapshot.services());
            List<Row> rows =
                    read.rows().stream().map(row -> row(row, snapshot, names)).toList();
            return new AppointmentsView(
                    head,
                    outageId,
                    system == null ? systemId : system.name(),
                    read.cut(),
                    Tally.byCategory(read.rows()),
                    Tally.bySpecialty(read.rows(), snapshot.services()),
                    rows);
        });
    }

    private static Row row(AffectedAppointments.Row row, BoardSnapshot snapshot, SiteNames names) {
        CareService service = snapshot.services().get(row.serviceId());
        return new Row(
                row.appointmentId(),
                row.serviceId(),
                service == null ? row.serviceId() : service.name(),
                row.site(),
                names.name(row.site()),
                Tally.specialty(row, snapshot.services()),
                row.category().name(),
                row.priority().name(),
                Instant.ofEpochMilli(row.slotStart()),
                row.firstPostponedSlot() == null ? null : Instant.ofEpochMilli(row.firstPostponedSlot()),
                row.state().name());
    }
}
