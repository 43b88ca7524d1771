package org.knockon.impact.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.impact.Day.at;
import static org.knockon.impact.Day.minutes;
import static org.knockon.impact.Hospital.outage;
import static org.knockon.impact.assessment.AppointmentBuilder.booked;
import static org.knockon.impact.assessment.DowntimeDay.replacement;
import static org.knockon.impact.model.AppointmentStatus.ARRIVED;
import static org.knockon.impact.model.AppointmentStatus.BOOKED;
import static org.knockon.impact.model.AppointmentStatus.CANCELLED;
import static org.knockon.impact.model.AppointmentStatus.CHECKED_IN;
import static org.knockon.impact.model.AppointmentStatus.ENTERED_IN_ERROR;
import static org.knockon.impact.model.AppointmentStatus.FULFILLED;
import static org.knockon.impact.model.AppointmentStatus.NOSHOW;
import static org.knockon.impact.model.AppointmentStatus.PENDING;
import static org.knockon.impact.model.AppointmentStatus.PROPOSED;
import static org.knockon.impact.model.AppointmentStatus.WAITLIST;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactState;

/** The state table for appointments with at least one broken episode. */
class BrokenAppointmentTest {

    private static final String TOMORROW = "2022-07-20T12:00";

    private final DowntimeDay day = new DowntimeDay(outage("epr", "10:00", "16:00")).now("18:00");

    @Test
    void cancelledWithoutANewDateIsAwaitingADate() {
        Impact impact = day.assess(cancelled());

        assertThat(impact.state()).isEqualTo(ImpactState.AWAITING_DATE);
        assertThat(impact.firstPostponedSlot()).isEqualTo(at("12:00"));
        assertThat(impact.newSlot()).isNull();
        assertThat(impact.delayMinutes()).isNull();
        assertThat(impact.timesPostponed()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"CANCELLED", "WAITLIST", "PENDING", "PROPOSED"})
    void everyStatusOutOfTheBookIsAwaitingADate(AppointmentStatus out) {
        assertThat(day.stateOf(booked("clinic", "12:00").then("11:30", out))).isEqualTo(ImpactState.AWAITING_DATE);
    }

    @Test
    void replacementThatIsNotBookedLeavesItAwaitingADate() {
        assertThat(day.stateOf(cancelled(), replacement(CANCELLED, TOMORROW, ChangeReason.PROVIDER)))
                .isEqualTo(ImpactState.AWAITING_DATE);
        assertThat(day.stateOf(cancelled(), replacement(CANCELLED, TOMORROW))).isEqualTo(ImpactState.AWAITING_DATE);
        assertThat(day.stateOf(cancelled(), replacement(PENDING, TOMORROW))).isEqualTo(ImpactState.AWAITING_DATE);
        assertThat(day.stateOf(cancelled(), replacement(PROPOSED, TOMORROW))).isEqualTo(ImpactState.AWAITING_DATE);
        assertThat(day.stateOf(cancelled(), replacement(WAITLIST, TOMORROW, ChangeReason.PATIENT)))
                .isEqualTo(ImpactState.AWAITING_DATE);
    }

    @Test
    void movedToANewSlotIsRebookedWithTheDelayInWholeMinutes() {
        Impact impact = day.assess(booked("clinic", "12:00").movedTo("2022-07-20T12:01:59", "11:30", null));

        assertThat(impact.state()).isEqualTo(ImpactState.REBOOKED);
        assertThat(impact.firstPostponedSlot()).isEqualTo(at("12:00"));
        assertThat(impact.newSlot()).isEqualTo(at("2022-07-20T12:01:59"));
        assertThat(impact.delayMinutes()).isEqualTo(24 * 60 + 1);
        assertThat(impact.slotStart()).isEqualTo(at("2022-07-20T12:01:59"));
    }

    @Test
    void delayToAnEarlierSlotIsNegativeAndRoundedDown() {
        Impact impact = day.assess(booked("clinic", "12:00").movedTo("11:58:30", "11:30", ChangeReason.IT_OUTAGE));

        assertThat(impact.delayMinutes()).isEqualTo(-2);
    }

    @Test
    void replacedByABookedAppointmentIsRebooked() {
        Impact impact = day.assess(cancelled(), replacement(BOOKED, TOMORROW));

        assertThat(impact.state()).isEqualTo(ImpactState.REBOOKED);
        assertThat(impact.newSlot()).isEqualTo(at(TOMORROW));
        assertThat(impact.delayMinutes()).isEqualTo(24 * 60);
        assertThat(impact.slotStart()).as("its own newest slot").isEqualTo(at("12:00"));
    }

    @Test
    void attendedAtItsNewSlotIsRecovered() {
        for (AppointmentStatus attended : new AppointmentStatus[] {ARRIVED, CHECKED_IN, FULFILLED}) {
            Impact impact = day.assess(
                    booked("clinic", "12:00").movedTo(TOMORROW, "11:30", null).then("2022-07-20T12:10", attended));

            assertThat(impact.state()).as("%s", attended).isEqualTo(ImpactState.RECOVERED);
            assertThat(impact.newSlot()).isEqualTo(at(TOMORROW));
            assertThat(impact.delayMinutes()).isEqualTo(24 * 60);
        }
    }

    @Test
    void attendedReplacementIsRecovered() {
        for (AppointmentStatus attended : new AppointmentStatus[] {ARRIVED, CHECKED_IN, FULFILLED}) {
            Impact impact = day.assess(cancelled(), replacement(attended, TOMORROW));

            assertThat(impact.state()).as("%s", attended).isEqualTo(ImpactState.RECOVERED);
            assertThat(impact.newSlot()).isEqualTo(at(TOMORROW));
        }
    }

    @Test
    void noShowAtTheNewSlotIsAbandoned() {
        Impact impact = day.assess(
                booked("clinic", "12:00").movedTo(TOMORROW, "11:30", null).then("2022-07-20T13:00", NOSHOW));

        assertThat(impact.state()).isEqualTo(ImpactState.ABANDONED);
        assertThat(impact.newSlot()).isNull();
        assertThat(impact.delayMinutes()).isNull();
    }

    @Test
    void cancelledByThePatientAfterwardsIsAbandoned() {
        assertThat(day.stateOf(cancelled().then("17:00", WAITLIST, ChangeReason.PATIENT)))
                .isEqualTo(ImpactState.ABANDONED);
        assertThat(day.stateOf(booked("clinic", "12:00")
                        .movedTo(TOMORROW, "11:30", null)
                        .then("17:00", CANCELLED, ChangeReason.PATIENT)))
                .isEqualTo(ImpactState.ABANDONED);
    }

    @Test
    void clinicalReasonAfterwardsDoesNotAbandon() {
        assertThat(day.stateOf(cancelled().then("17:00", WAITLIST, ChangeReason.CLINICAL)))
                .isEqualTo(ImpactState.AWAITING_DATE);
        assertThat(day.stateOf(booked("clinic", "12:00")
                        .movedTo(TOMORROW, "11:30", null)
                        .then("17:00", CANCELLED, ChangeReason.CLINICAL)))
                .isEqualTo(ImpactState.AWAITING_DATE);
        assertThat(day.stateOf(cancelled(), replacement(CANCELLED, TOMORROW, ChangeReason.CLINICAL)))
                .isEqualTo(ImpactState.AWAITING_DATE);
    }

    @Test
    void replacementMissedOrCancelledByThePatientIsAbandoned() {
        assertThat(day.stateOf(cancelled(), replacement(NOSHOW, TOMORROW))).isEqualTo(ImpactState.ABANDONED);
        assertThat(day.stateOf(cancelled(), replacement(CANCELLED, TOMORROW, ChangeReason.PATIENT)))
                .isEqualTo(ImpactState.ABANDONED);
    }

    @Test
    void attendedReplacementTakesPrecedenceOverThePatientsReason() {
        AppointmentBuilder byPatient = cancelled().then("17:00", CANCELLED, ChangeReason.PATIENT);

        assertThat(day.stateOf(byPatient, replacement(FULFILLED, TOMORROW))).isEqualTo(ImpactState.RECOVERED);
        assertThat(day.stateOf(byPatient, replacement(BOOKED, TOMORROW))).isEqualTo(ImpactState.ABANDONED);
    }

    @Test
    void replacementOfAnAppointmentThatIsBackInTheBookIsIgnored() {
        AppointmentBuilder moved = booked("clinic", "12:00").movedTo(TOMORROW, "11:30", null);

        Impact impact = day.assess(moved, replacement(FULFILLED, "2022-07-25T09:00"));

        assertThat(impact.state()).isEqualTo(ImpactState.REBOOKED);
        assertThat(impact.newSlot()).isEqualTo(at(TOMORROW));
    }

    @Test
    void enteredInErrorHasNoImpactEvenAfterABrokenEpisode() {
        assertThat(day.assess(cancelled().then("17:00", ENTERED_IN_ERROR))).isNull();
    }

    @Test
    void everyBrokenEpisodeCountsAndTheFirstGivesTheSlot() {
        Impact impact = day.assess(booked("clinic", "12:00")
                .movedTo("13:00", "11:00", null)
                .movedTo("15:00", "12:30", null)
                .movedTo(TOMORROW, "14:30", ChangeReason.IT_OUTAGE));

        assertThat(impact.timesPostponed()).isEqualTo(3);
        assertThat(impact.firstPostponedSlot()).isEqualTo(at("12:00"));
        assertThat(impact.newSlot() - impact.firstPostponedSlot()).isEqualTo(minutes(24 * 60));
    }

    @Test
    void episodesThatWereNotBrokenAreNotCounted() {
        Impact impact = day.assess(booked("clinic", "09:00")
                .movedTo("12:00", "08:00", ChangeReason.PROVIDER)
                .movedTo(TOMORROW, "11:00", ChangeReason.PROVIDER));

        assertThat(impact.timesPostponed()).isEqualTo(1);
        assertThat(impact.firstPostponedSlot()).isEqualTo(at("12:00"));
    }

    private static AppointmentBuilder cancelled() {
        return booked("clinic", "12:00").then("11:30", CANCELLED, ChangeReason.PROVIDER);
    }
}
