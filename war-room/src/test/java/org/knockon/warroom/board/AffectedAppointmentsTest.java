package org.knockon.warroom.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactState;
import org.knockon.impact.model.Priority;

class AffectedAppointmentsTest {

    private static final String OUTAGE = "pas@2025-03-12T08:00:00Z";

    @Test
    void listsAffectedAppointmentsBySlotInTheirLatestState() {
        AffectedAppointments affected = new AffectedAppointments(OUTAGE, 10);
        affected.accept("late", impact(ImpactState.AWAITING_DATE, 900, OUTAGE));
        affected.accept("early", impact(ImpactState.AT_RISK, 100, "other@2025-03-12T08:00:00Z", OUTAGE));
        affected.accept("elsewhere", impact(ImpactState.AWAITING_DATE, 100, "other@2025-03-12T08:00:00Z"));
        affected.accept("undone", impact(ImpactState.AWAITING_DATE, 100, OUTAGE));
        affected.accept("undone", impact(ImpactState.NONE, 100));
        affected.accept("expired", impact(ImpactState.AWAITING_DATE, 100, OUTAGE));
        affected.accept("expired", null);
        affected.accept("moved", impact(ImpactState.AWAITING_DATE, 100, OUTAGE));
        affected.accept("moved", impact(ImpactState.AWAITING_DATE, 100, "other@2025-03-12T08:00:00Z"));
        affected.accept("early", impact(ImpactState.REBOOKED, 500, OUTAGE));

        AffectedAppointments.Rows rows = affected.rows();
        assertThat(rows.cut()).isFalse();
        assertThat(rows.rows())
                .extracting(AffectedAppointments.Row::appointmentId)
                .containsExactly("early", "late");
        assertThat(rows.rows().get(0).state()).isEqualTo(ImpactState.REBOOKED);
        assertThat(rows.rows().get(0).slotStart()).isEqualTo(500);
    }

    @Test
    void reportsAnUnreadableRecord() {
        AffectedAppointments affected = new AffectedAppointments(OUTAGE, 2);
        affected.accept("one", impact(ImpactState.AWAITING_DATE, 1, OUTAGE));
        affected.skipRecord();

        assertThat(affected.rows().cut()).isTrue();
        assertThat(affected.rows().rows()).hasSize(1);
    }

    @Test
    void reportsThatItWasCutAndKeepsWhatItHolds() {
        AffectedAppointments affected = new AffectedAppointments(OUTAGE, 2);
        affected.accept("one", impact(ImpactState.AWAITING_DATE, 1, OUTAGE));
        affected.accept("two", impact(ImpactState.AWAITING_DATE, 2, OUTAGE));
        assertThat(affected.rows().cut()).isFalse();
        affected.accept("three", impact(ImpactState.AWAITING_DATE, 3, OUTAGE));
        affected.accept("two", impact(ImpactState.RECOVERED, 2, OUTAGE));

        assertThat(affected.rows().cut()).isTrue();
        assertThat(affected.rows().rows())
                .extracting(AffectedAppointments.Row::appointmentId, AffectedAppointments.Row::state)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("one", ImpactState.AWAITING_DATE),
                        org.assertj.core.groups.Tuple.tuple("two", ImpactState.RECOVERED));
    }

    @Test
    void isNotCutByAppointmentsRetractedLater() {
        AffectedAppointments affected = new AffectedAppointments(OUTAGE, 2);
        for (String id : List.of("one", "two", "three", "four")) {
            affected.accept(id, impact(ImpactState.AWAITING_DATE, 1, OUTAGE));
        }
        affected.accept("three", null);
        assertThat(affected.rows().cut()).as("four is left out").isTrue();
        affected.accept("two", impact(ImpactState.NONE, 1));
        assertThat(affected.rows().cut()).as("four still is").isTrue();
        affected.accept("four", impact(ImpactState.REBOOKED, 1, OUTAGE));

        assertThat(affected.rows().cut()).isFalse();
        assertThat(affected.rows().rows())
                .extracting(AffectedAppointments.Row::appointmentId)
                .containsExactly("four", "one");
    }

    @Test
    void keepsTheEarliestSlotsWhenCut() {
        AffectedAppointments affected = new AffectedAppointments(OUTAGE, 3);
        affected.accept("late", impact(ImpactState.AWAITING_DATE, 900, OUTAGE));
        affected.accept("early", impact(ImpactState.AWAITING_DATE, 100, OUTAGE));
        assertThat(affected.rows().first(2)).isEqualTo(affected.rows());

        assertThat(affected.rows().first(1).cut()).isTrue();
        assertThat(affected.rows().first(1).rows())
                .extracting(AffectedAppointments.Row::appointmentId)
                .containsExactly("early");
    }

    @Test
    void staysCutOnceTooManyWereLeftOutToRemember() {
        AffectedAppointments affected = new AffectedAppointments(OUTAGE, 1);
        for (String id : List.of("one", "two", "three")) {
            affected.accept(id, impact(ImpactState.AWAITING_DATE, 1, OUTAGE));
        }
        affected.accept("two", null);
        affected.accept("three", null);
        assertThat(affected.rows().cut()).isTrue();
    }

    static Impact impact(ImpactState state, long slot, String... outages) {
        return new Impact(
                state,
                "clinic",
                "ORG",
                "SITE",
                Category.OUTPATIENT,
                Priority.ROUTINE,
                slot,
                List.of(outages),
                List.of(outages),
                List.of(),
                state == ImpactState.AWAITING_DATE ? slot : null,
                null,
                null,
                state == ImpactState.AWAITING_DATE ? 1 : 0);
    }
}
