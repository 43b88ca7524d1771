package org.knockon.warroom.drill;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.knockon.impact.model.CareService;
import org.knockon.warroom.board.AffectedAppointments;
import org.knockon.warroom.page.BreakdownRow;
import org.knockon.warroom.page.Figures;

/**
 * Counts of the appointments that one outage affected. They identify no single appointment.
 *
 * @param readAt when reading began, by the wall clock
 * @param cut whether the counts may be incomplete: there were too many appointments, or unreadable records
 * @param byCategory sorted
 * @param bySpecialty sorted by treatment function code, which is empty where the catalogue does not name the care
 *     service
 */
public record OutageSums(Instant readAt, boolean cut, List<BreakdownRow> byCategory, List<BreakdownRow> bySpecialty) {
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

    private static List<BreakdownRow> rows(List<Tally> tallies) {
        return tallies.stream()
                .map(tally -> new BreakdownRow(tally.value(), Figures.of(tally.counts())))
                .toList();
    }
}
