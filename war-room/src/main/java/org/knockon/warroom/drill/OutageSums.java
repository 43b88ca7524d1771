package org.knockon.warroom.drill;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.knockon.impact.model.CareService;
import org.knockon.warroom.board.AffectedAppointments;
import org.knockon.warroom.report.IncidentReport.Figures;
import org.knockon.warroom.report.IncidentReport.Row;

/**
 * The appointments one outage had a part in, added up; no appointment can be told from it.
 *
 * @param readAt when reading began, by the wall clock
 * @param cut whether there are more appointments than could be held: these are the sums of some of them
 * @param byCategory sorted
 * @param bySpecialty sorted by treatment function code; empty where the catalogue does not name the care service
 */
public record OutageSums(Instant readAt, boolean cut, List<Row> byCategory, List<Row> bySpecialty) {
    public OutageSums {
        byCategory = List.copyOf(byCategory);
        bySpecialty = List.copyOf(bySpecialty);
    }

    /** @param services by id */
    public static OutageSums of(Instant readAt, AffectedAppointments.Rows read, Map<String, CareService> services) {
        return new OutageSums(
                readAt,
                read.cut(),
                rows(Tally.byCategory(read.rows())),
                rows(Tally.bySpecialty(read.rows(), services)));
    }

    private static List<Row> rows(List<Tally> tallies) {
        return tallies.stream()
                .map(tally -> new Row(tally.value(), Figures.of(tally.counts())))
                .toList();
    }
}
