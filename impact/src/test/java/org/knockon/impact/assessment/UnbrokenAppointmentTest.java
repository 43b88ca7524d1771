package org.knockon.impact.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.impact.Day.at;
import static org.knockon.impact.Hospital.openOutage;
import static org.knockon.impact.Hospital.outage;
import static org.knockon.impact.assessment.AppointmentBuilder.booked;
import static org.knockon.impact.model.AppointmentStatus.ARRIVED;
import static org.knockon.impact.model.AppointmentStatus.CANCELLED;
import static org.knockon.impact.model.AppointmentStatus.CHECKED_IN;
import static org.knockon.impact.model.AppointmentStatus.ENTERED_IN_ERROR;
import static org.knockon.impact.model.AppointmentStatus.FULFILLED;
import static org.knockon.impact.model.AppointmentStatus.NOSHOW;
import static org.knockon.impact.model.ImpactState.AT_RISK;
import static org.knockon.impact.model.ImpactState.DELIVERED_IN_DOWNTIME;
import static org.knockon.impact.model.ImpactState.NONE;
import static org.knockon.impact.model.ImpactState.UNCONFIRMED;

import org.junit.jupiter.api.Test;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.Priority;

/**
 * The state table for appointments without a broken episode. Records go down at 10:00; the clinic is undeliverable from
 * 11:00.
 */
class UnbrokenAppointmentTest {

    private final DowntimeDay over = new DowntimeDay(outage("epr", "10:00", "16:00"));
    private final DowntimeDay open = new DowntimeDay(openOutage("epr", "10:00"));

    @Test
    void attendedWhileUndeliverableIsDeliveredInDowntime() {
        over.now("18:00");
        for (AppointmentStatus attended : new AppointmentStatus[] {ARRIVED, CHECKED_IN, FULFILLED}) {
            assertThat(over.stateOf(booked("clinic", "12:00").then("12:05", attended)))
                    .as("%s", attended)
                    .isEqualTo(DELIVERED_IN_DOWNTIME);
        }
    }

    @Test
    void anyOverlapOfTheSlotWithUndeliverableTimeCountsAsDowntime() {
        over.now("18:00");
        assertThat(over.stateOf(fulfilled("10:30"))).as("ends as it begins").isEqualTo(NONE);
        assertThat(over.stateOf(fulfilled("10:30:00.001"))).isEqualTo(DELIVERED_IN_DOWNTIME);
        assertThat(over.stateOf(fulfilled("15:59:59.999"))).isEqualTo(DELIVERED_IN_DOWNTIME);
        assertThat(over.stateOf(fulfilled("16:00"))).isEqualTo(NONE);
    }

    @Test
    void stillBookedAfterAnUndeliverableSlotBeganIsUnconfirmed() {
        over.now("12:00");
        assertThat(over.stateOf(booked("clinic", "12:00"))).isEqualTo(UNCONFIRMED);
        assertThat(over.stateOf(booked("clinic", "11:00"))).isEqualTo(UNCONFIRMED);
        assertThat(over.stateOf(booked("clinic", "10:59:59.999")))
                .as("tolerated")
                .isEqualTo(NONE);
        assertThat(over.stateOf(booked("clinic", "12:00:00.001")))
                .as("in the future, and the outage has ended")
                .isEqualTo(NONE);
    }

    @Test
    void noShowAtAnUndeliverableSlotIsUnconfirmed() {
        over.now("18:00");
        assertThat(over.stateOf(booked("clinic", "12:00").then("13:00", NOSHOW)))
                .isEqualTo(UNCONFIRMED);
        assertThat(over.stateOf(booked("clinic", "10:30").then("11:00", NOSHOW)))
                .isEqualTo(NONE);
        assertThat(over.stateOf(booked("clinic", "16:00").then("17:00", NOSHOW)))
                .isEqualTo(NONE);
    }

    @Test
    void futureSlotIsAtRiskFromTheEndOfToleranceOfAnOpenOutage() {
        open.now("10:05");
        assertThat(open.stateOf(booked("clinic", "10:59:59.999"))).isEqualTo(NONE);
        assertThat(open.stateOf(booked("clinic", "11:00"))).isEqualTo(AT_RISK);
    }

    @Test
    void futureSlotIsAtRiskUpToTheHorizon() {
        open.now("12:00");
        assertThat(open.stateOf(booked("clinic", "2022-07-20T12:00"))).isEqualTo(AT_RISK);
        assertThat(open.stateOf(booked("clinic", "2022-07-20T12:00:00.001"))).isEqualTo(NONE);
    }

    @Test
    void slotThatStartsTurnsFromAtRiskToUnconfirmed() {
        open.now("11:59:59.999");
        assertThat(open.stateOf(booked("clinic", "12:00"))).isEqualTo(AT_RISK);

        open.now("12:00");
        assertThat(open.stateOf(booked("clinic", "12:00"))).isEqualTo(UNCONFIRMED);
    }

    @Test
    void closedOutagePutsNothingAtRisk() {
        open.now("12:00");
        assertThat(open.stateOf(booked("clinic", "14:00"))).isEqualTo(AT_RISK);

        open.situation.put(outage("epr", "10:00", "11:55"));
        assertThat(open.stateOf(booked("clinic", "14:00"))).isEqualTo(NONE);
    }

    @Test
    void beforeTheFirstClockTickNoRuleAppliesThatNeedsNow() {
        assertThat(open.stateOf(booked("clinic", "12:00"))).isEqualTo(NONE);
        assertThat(open.stateOf(booked("clinic", "12:00").then("13:00", NOSHOW)))
                .isEqualTo(UNCONFIRMED);
        assertThat(open.stateOf(fulfilled("12:00"))).isEqualTo(DELIVERED_IN_DOWNTIME);
    }

    @Test
    void cancelledByThePatientHasNoImpact() {
        open.now("12:00");
        assertThat(open.assess(booked("clinic", "14:00").then("11:30", CANCELLED, ChangeReason.PATIENT)))
                .isNull();
    }

    @Test
    void enteredInErrorHasNoImpact() {
        open.now("12:00");
        assertThat(open.assess(booked("clinic", "2022-07-30T14:00").then("09:30", ENTERED_IN_ERROR)))
                .isNull();
    }

    @Test
    void appointmentOfAnUnknownServiceHasNoImpact() {
        open.now("12:00");
        assertThat(open.assess(booked("unknown", "11:30"))).isNull();
        assertThat(open.assess(booked("clinic", "11:30").movedToService("unknown", "11:00", ChangeReason.IT_OUTAGE)))
                .isNull();
    }

    @Test
    void appointmentWithoutVersionsHasNoImpact() {
        assertThat(open.assessment.assess(AppointmentHistory.EMPTY, null)).isNull();
    }

    @Test
    void impactHasServiceSiteAndNewestSlotAndNoPostponement() {
        open.now("12:00");

        Impact impact = open.assess(booked("clinic", "11:30"));

        assertThat(impact.serviceId()).isEqualTo("clinic");
        assertThat(impact.organisation()).isEqualTo("RJ1");
        assertThat(impact.site()).isEqualTo("RJ121");
        assertThat(impact.category()).isEqualTo(Category.OUTPATIENT);
        assertThat(impact.priority()).isEqualTo(Priority.URGENT);
        assertThat(impact.slotStart()).isEqualTo(at("11:30"));
        assertThat(impact.firstPostponedSlot()).isNull();
        assertThat(impact.newSlot()).isNull();
        assertThat(impact.delayMinutes()).isNull();
        assertThat(impact.timesPostponed()).isZero();
    }

    @Test
    void vanishedImpactIsPublishedAsNoneWithoutOutages() {
        Impact before = open.now("12:00").assess(booked("clinic", "11:30"));
        AppointmentHistory movedOn = booked("clinic", "11:30")
                .movedTo("2022-08-01T09:00", "09:00", null)
                .history();

        Impact vanished = open.assessment.vanished(before, movedOn);

        assertThat(vanished.state()).isEqualTo(NONE);
        assertThat(vanished.slotStart()).isEqualTo(at("2022-08-01T09:00"));
        assertThat(vanished.outageIds()).isEmpty();
        assertThat(vanished.rootCauses()).isEmpty();
        assertThat(vanished.capabilities()).isEmpty();
        assertThat(vanished.historyTruncated()).isFalse();
        AppointmentHistory longHistory = new AppointmentHistory(movedOn.versions(), true);
        assertThat(open.assessment.vanished(before, longHistory).historyTruncated())
                .isTrue();
    }

    @Test
    void vanishedImpactKeepsItsSiteIfItsServiceLeftTheCatalogue() {
        AppointmentBuilder appointment = booked("clinic", "11:30");
        Impact before = open.now("12:00").assess(appointment);
        open.situation.removeService("clinic");

        Impact vanished = open.assessment.vanished(before, appointment.history());

        assertThat(open.assess(appointment)).isNull();
        assertThat(vanished.site()).isEqualTo("RJ121");
        assertThat(vanished.organisation()).isEqualTo("RJ1");
        assertThat(vanished.category()).isEqualTo(Category.OUTPATIENT);
    }

    private static AppointmentBuilder fulfilled(String slotStart) {
        return booked("clinic", slotStart).then("17:00", FULFILLED);
    }
}
