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
 * The appointments an outage had a part in, as they stand now, by the ids of the booking system. No patient reference is read for it.
 * Absent values are null.
 *
 * @param cut whether there are more than could be listed: these are some of them, and the sums are theirs
 * @param byCategory number of rows per category and state
 * @param bySpecialty the same per treatment function code
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
     * @param service its name
     * @param site ODS code
     * @param siteName null where no care service tells it
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

    /** Empty where the topics hold no such outage. */
    public static Optional<AppointmentsView> of(
            String outageId, BoardSnapshot standing, PageHeader head, Supplier<AffectedAppointments.Rows> affected) {
        return OutageViewBuilder.find(outageId, standing).map(published -> {
            String systemId = published.outage().systemId();
            MonitoredSystem system = standing.systems().get(systemId);
            AffectedAppointments.Rows read = affected.get();
            SiteNames names = new SiteNames(standing.services());
            List<Row> rows =
                    read.rows().stream().map(row -> row(row, standing, names)).toList();
            return new AppointmentsView(
                    head,
                    outageId,
                    system == null ? systemId : system.name(),
                    read.cut(),
                    Tally.byCategory(read.rows()),
                    Tally.bySpecialty(read.rows(), standing.services()),
                    rows);
        });
    }

    private static Row row(AffectedAppointments.Row row, BoardSnapshot standing, SiteNames names) {
        CareService service = standing.services().get(row.serviceId());
        return new Row(
                row.appointmentId(),
                row.serviceId(),
                service == null ? row.serviceId() : service.name(),
                row.site(),
                names.name(row.site()),
                Tally.specialty(row, standing.services()),
                row.category().name(),
                row.priority().name(),
                Instant.ofEpochMilli(row.slotStart()),
                row.firstPostponedSlot() == null ? null : Instant.ofEpochMilli(row.firstPostponedSlot()),
                row.state().name());
    }
}
