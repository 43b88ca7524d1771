package org.knockon.impact.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.impact.Hospital.openOutage;
import static org.knockon.impact.Hospital.outage;
import static org.knockon.impact.assessment.AppointmentBuilder.booked;
import static org.knockon.impact.model.AppointmentStatus.CANCELLED;
import static org.knockon.impact.model.ImpactState.AWAITING_DATE;
import static org.knockon.impact.model.ImpactState.NONE;

import org.junit.jupiter.api.Test;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.ImpactState;

/**
 * Which cancellations are broken by an outage. Records are down from 10:00 to 16:00; the clinic is undeliverable from
 * 11:00.
 */
class BrokenEpisodeTest {

    private final DowntimeDay day = new DowntimeDay(outage("epr", "10:00", "16:00")).now("18:00");

    @Test
    void recordedReasonItOutageCountsEvenWithoutAKnownOutage() {
        assertThat(cancelled("2022-08-30T09:00", "2022-08-20T09:00", ChangeReason.IT_OUTAGE))
                .isEqualTo(AWAITING_DATE);
    }

    @Test
    void recordedReasonItOutageCountsEvenForAnUnknownService() {
        assertThat(day.stateOf(booked("unknown", "12:00").movedToService("clinic", "11:00", ChangeReason.IT_OUTAGE)))
                .isEqualTo(ImpactState.REBOOKED);
        assertThat(day.stateOf(booked("unknown", "12:00").movedToService("clinic", "11:00", ChangeReason.PROVIDER)))
                .as("empty R and U")
                .isEqualTo(ImpactState.UNCONFIRMED);
    }

    @Test
    void cancellationByThePatientNeverCounts() {
        assertThat(cancelled("12:00", "11:30", ChangeReason.PATIENT)).isEqualTo(NONE);
    }

    @Test
    void cancellationForAClinicalReasonNeverCounts() {
        assertThat(cancelled("12:00", "11:30", ChangeReason.CLINICAL)).isEqualTo(NONE);
        assertThat(cancelled("17:00", "15:00", ChangeReason.CLINICAL)).isEqualTo(NONE);
        assertThat(day.stateOf(booked("clinic", "12:00").movedTo("2022-07-20T12:00", "11:30", ChangeReason.CLINICAL)))
                .isEqualTo(NONE);
    }

    @Test
    void unknownOrMissingReasonCounts() {
        assertThat(cancelled("12:00", "11:30", null)).isEqualTo(AWAITING_DATE);
        assertThat(cancelled("12:00", "11:30", ChangeReason.UNKNOWN)).isEqualTo(AWAITING_DATE);
    }

    @Test
    void undeliverableSlotCountsFromTheStartOfTheOutage() {
        DowntimeDay days = new DowntimeDay(outage("epr", "10:00", "2022-07-22T10:00"));
        String beyondTheHorizon = "2022-07-21T12:00";

        assertThat(days.stateOf(booked("clinic", beyondTheHorizon).then("09:59:59.999", CANCELLED)))
                .isEqualTo(NONE);
        assertThat(days.stateOf(booked("clinic", beyondTheHorizon).then("10:00", CANCELLED)))
                .isEqualTo(AWAITING_DATE);
    }

    @Test
    void slotCancelledBeforeTheOutageDoesNotCount() {
        assertThat(cancelled("12:00", "09:59:59.999", ChangeReason.PROVIDER)).isEqualTo(NONE);
    }

    @Test
    void undeliverableSlotCountsHoweverLateItIsRecorded() {
        assertThat(cancelled("11:00", "2022-07-29T09:00", ChangeReason.PROVIDER))
                .isEqualTo(AWAITING_DATE);
    }

    @Test
    void slotWithinToleranceDoesNotCountIfCancelledAfterIt() {
        assertThat(cancelled("10:59:59.999", "11:30", ChangeReason.PROVIDER)).isEqualTo(NONE);
    }

    @Test
    void slotAtTheEndOfTheOutageDoesNotCountIfCancelledAfterwards() {
        assertThat(cancelled("16:00", "17:00", ChangeReason.PROVIDER)).isEqualTo(NONE);
    }

    @Test
    void cancelledDuringTheOutageCountsForSlotsWithinTolerance() {
        assertThat(cancelled("10:30", "10:10", ChangeReason.PROVIDER)).isEqualTo(AWAITING_DATE);
        assertThat(cancelled("10:30", "10:30", ChangeReason.PROVIDER)).isEqualTo(AWAITING_DATE);
    }

    @Test
    void cancelledDuringTheOutageCountsForSlotsUpToTheHorizon() {
        assertThat(cancelled("2022-07-20T15:00", "15:00", ChangeReason.PROVIDER))
                .isEqualTo(AWAITING_DATE);
        assertThat(cancelled("2022-07-20T15:00:00.001", "15:00", ChangeReason.PROVIDER))
                .isEqualTo(NONE);
    }

    @Test
    void cancelledAtTheEndOfTheOutageDoesNotCount() {
        assertThat(cancelled("17:00", "15:59:59.999", ChangeReason.PROVIDER)).isEqualTo(AWAITING_DATE);
        assertThat(cancelled("17:00", "16:00", ChangeReason.PROVIDER)).isEqualTo(NONE);
    }

    @Test
    void outageOfADependencyCountsLikeOneOfTheRequiredSystem() {
        DowntimeDay below = new DowntimeDay(openOutage("datacentre", "10:00")).now("18:00");

        assertThat(below.stateOf(booked("clinic", "12:00").then("11:30", CANCELLED)))
                .isEqualTo(AWAITING_DATE);
    }

    @Test
    void outageOfASystemTheServiceDoesNotNeedDoesNotCount() {
        assertThat(day.stateOf(booked("scanner", "12:00").then("11:30", CANCELLED)))
                .isEqualTo(NONE);
    }

    @Test
    void episodeIsAssessedForItsOwnServiceAndCountedAtTheNewest() {
        AppointmentBuilder moved = booked("clinic", "12:00").movedToService("scanner", "11:30", ChangeReason.PROVIDER);

        assertThat(day.stateOf(moved)).isEqualTo(ImpactState.REBOOKED);
        assertThat(day.assess(moved).serviceId()).isEqualTo("scanner");
    }

    private ImpactState cancelled(String slotStart, String updatedAt, ChangeReason reason) {
        return day.stateOf(booked("clinic", slotStart).then(updatedAt, CANCELLED, reason));
    }
}
