package org.knockon.warroom.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.CareService;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.ImpactState;
import org.knockon.impact.model.Priority;
import org.knockon.warroom.board.AffectedAppointments;
import org.knockon.warroom.page.BreakdownRow;
import org.knockon.warroom.page.Figures;

class OutageSumsTest {

    private static final Map<String, CareService> SERVICES =
            Map.of("clinic", new CareService("clinic", "Clinic", "ORG", "SITE", "110", Category.OUTPATIENT, List.of()));

    private final List<AffectedAppointments.Row> rows = new ArrayList<>();

    @Test
    void keepsAllCountsApart() {
        row("clinic", Category.OUTPATIENT, ImpactState.AT_RISK, null, 1);
        row("clinic", Category.OUTPATIENT, ImpactState.UNCONFIRMED, null, 2);
        row("clinic", Category.OUTPATIENT, ImpactState.DELIVERED_IN_DOWNTIME, null, 3);
        row("clinic", Category.OUTPATIENT, ImpactState.AWAITING_DATE, null, 4);
        row("clinic", Category.OUTPATIENT, ImpactState.REBOOKED, 60L, 5);
        row("clinic", Category.OUTPATIENT, ImpactState.RECOVERED, 100L, 6);
        row("clinic", Category.OUTPATIENT, ImpactState.ABANDONED, null, 7);

        Figures figures = new Figures(4 + 5 + 6 + 7, 2, 3, 1, 4, 5, 6, 7, 4 + 5, 5 * 60 + 6 * 100);
        OutageSums sums = OutageSums.of(Instant.EPOCH, new AffectedAppointments.Rows(rows, false), SERVICES);
        assertThat(sums.byCategory()).containsExactly(new BreakdownRow("OUTPATIENT", figures));
        assertThat(sums.bySpecialty()).containsExactly(new BreakdownRow("110", figures));
        assertThat(sums.cut()).isFalse();
    }

    @Test
    void countsUnknownServicesAndReportsThatItWasCut() {
        row("clinic", Category.OUTPATIENT, ImpactState.AWAITING_DATE, null, 2);
        row("ghost", Category.THEATRE, ImpactState.AWAITING_DATE, null, 3);

        OutageSums sums = OutageSums.of(Instant.EPOCH, new AffectedAppointments.Rows(rows, true), SERVICES);
        assertThat(sums.cut()).isTrue();
        assertThat(sums.bySpecialty())
                .extracting(BreakdownRow::value, each -> each.figures().postponed())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("", 3L), org.assertj.core.groups.Tuple.tuple("110", 2L));
        assertThat(sums.byCategory()).extracting(BreakdownRow::value).containsExactly("OUTPATIENT", "THEATRE");
    }

    private void row(String service, Category category, ImpactState state, Long delay, int times) {
        for (int copy = 0; copy < times; copy++) {
            rows.add(new AffectedAppointments.Row(
                    "A-" + rows.size(), service, "SITE", category, Priority.ROUTINE, 0, null, delay, state));
        }
    }
}
