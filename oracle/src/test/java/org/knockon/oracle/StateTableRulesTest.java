package org.knockon.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.impact.model.AppointmentStatus.ARRIVED;
import static org.knockon.impact.model.AppointmentStatus.BOOKED;
import static org.knockon.impact.model.AppointmentStatus.CANCELLED;
import static org.knockon.impact.model.AppointmentStatus.ENTERED_IN_ERROR;
import static org.knockon.impact.model.AppointmentStatus.FULFILLED;
import static org.knockon.impact.model.AppointmentStatus.NOSHOW;
import static org.knockon.impact.model.AppointmentStatus.WAITLIST;
import static org.knockon.impact.model.ChangeReason.CLINICAL;
import static org.knockon.impact.model.ChangeReason.IT_OUTAGE;
import static org.knockon.impact.model.ChangeReason.PATIENT;
import static org.knockon.impact.model.ChangeReason.PROVIDER;
import static org.knockon.impact.model.ImpactState.ABANDONED;
import static org.knockon.impact.model.ImpactState.AT_RISK;
import static org.knockon.impact.model.ImpactState.AWAITING_DATE;
import static org.knockon.impact.model.ImpactState.DELIVERED_IN_DOWNTIME;
import static org.knockon.impact.model.ImpactState.NONE;
import static org.knockon.impact.model.ImpactState.REBOOKED;
import static org.knockon.impact.model.ImpactState.RECOVERED;
import static org.knockon.impact.model.ImpactState.UNCONFIRMED;
import static org.knockon.impact.model.SystemStatus.DOWN;
import static org.knockon.impact.model.SystemStatus.UP;
import static org.knockon.oracle.Scene.needs;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.knockon.impact.model.AppointmentStatus;

/** Paragraphs 15, 17 and 18: R is [10:00, 12:00) and U is [10:30, 12:00). */
class StateTableRulesTest {

    private static final String LATER = "2022-08-19T11:00";

    private final Scene scene = new Scene();

    @BeforeEach
    void anOutageInTheMorning() {
        scene.system("pas").service("clinic", needs("pas", 30));
        scene.down("pas", "10:00", "12:00").now("20:00");
    }

    private Scene broken() {
        return scene.booked("a", "11:00").version("a", CANCELLED, PROVIDER, "clinic", "11:00", "10:45");
    }

    private Scene last(AppointmentStatus status, String slot) {
        return scene.version("a", status, null, "clinic", slot, "2022-07-20T09:00");
    }

    @Nested
    class NoneOfAll {

        @Test
        void anEntryInErrorHasNoImpactEvenAfterABrokenEpisode() {
            broken();
            last(ENTERED_IN_ERROR, "11:00");

            assertThat(scene.state("a")).isEqualTo(NONE);
        }

        @Test
        void anAppointmentOfAnUnknownServiceHasNoImpact() {
            broken().version("a", BOOKED, IT_OUTAGE, "gone", LATER, "2022-07-20T09:00");

            assertThat(scene.state("a")).isEqualTo(NONE);
        }

        @Test
        void anAppointmentOutsideAnyOutageHasNoImpact() {
            scene.booked("a", "15:00");

            assertThat(scene.judge().impacts()).isEmpty();
            assertThat(scene.judge().counts()).isEmpty();
        }
    }

    @Nested
    class OncePostponed {

        @Test
        void careStillOwedWithoutADateIsAwaitingADate() {
            broken();
            assertThat(scene.state("a")).isEqualTo(AWAITING_DATE);

            last(WAITLIST, "11:00");
            assertThat(scene.state("a")).isEqualTo(AWAITING_DATE);
        }

        @Test
        void aNewDateIsRebooked() {
            broken();
            last(BOOKED, LATER);

            assertThat(scene.state("a")).isEqualTo(REBOOKED);
        }

        @ParameterizedTest
        @EnumSource(
                value = AppointmentStatus.class,
                names = {"ARRIVED", "CHECKED_IN", "FULFILLED"})
        void attendedAtTheNewDateIsRecovered(AppointmentStatus status) {
            broken();
            last(status, LATER);

            assertThat(scene.state("a")).isEqualTo(RECOVERED);
        }

        @Test
        void aPatientWhoDoesNotComeToTheNewDateHasAbandoned() {
            broken();
            last(NOSHOW, LATER);

            assertThat(scene.state("a")).isEqualTo(ABANDONED);
        }

        @Test
        void aPatientWhoCancelsTheNewDateHasAbandoned() {
            broken();
            last(BOOKED, LATER).version("a", CANCELLED, PATIENT, "clinic", LATER, "2022-07-21T09:00");

            assertThat(scene.state("a")).isEqualTo(ABANDONED);
        }

        @Test
        void aClinicalReasonIsNotTheSameAsThePatientsAndDoesNotAbandon() {
            broken();
            last(BOOKED, LATER).version("a", CANCELLED, CLINICAL, "clinic", LATER, "2022-07-21T09:00");
            assertThat(scene.state("a")).isEqualTo(AWAITING_DATE);
            assertThat(scene.impact("a").timesPostponed()).isOne();

            scene.versions.clear();
            broken().version("a", WAITLIST, CLINICAL, "clinic", "11:00", "10:50");
            assertThat(scene.state("a")).isEqualTo(AWAITING_DATE);
        }

        @Test
        void aSecondPostponementIsAwaitingADateAgain() {
            broken();
            last(BOOKED, LATER).version("a", CANCELLED, IT_OUTAGE, "clinic", LATER, "2022-08-01T09:00");

            assertThat(scene.state("a")).isEqualTo(AWAITING_DATE);
            assertThat(scene.impact("a").timesPostponed()).isEqualTo(2);
        }
    }

    @Nested
    class Replaced {

        private Scene by(AppointmentStatus status) {
            return broken().replacement("b", "a", status, null, LATER, "2022-07-20T09:00");
        }

        @Test
        void aBookedReplacementIsRebooked() {
            by(BOOKED);

            assertThat(scene.state("a")).isEqualTo(REBOOKED);
            assertThat(scene.state("b")).isEqualTo(NONE);
        }

        @Test
        void anAttendedReplacementIsRecovered() {
            by(FULFILLED);

            assertThat(scene.state("a")).isEqualTo(RECOVERED);
        }

        @Test
        void aMissedReplacementIsAbandoned() {
            by(NOSHOW);

            assertThat(scene.state("a")).isEqualTo(ABANDONED);
        }

        @Test
        void aReplacementCancelledByThePatientIsAbandoned() {
            broken().replacement("b", "a", CANCELLED, PATIENT, LATER, "2022-07-20T09:00");

            assertThat(scene.state("a")).isEqualTo(ABANDONED);
        }

        @Test
        void aReplacementCancelledForAnotherReasonOrOnTheWaitingListIsAwaitingADate() {
            broken().replacement("b", "a", CANCELLED, PROVIDER, LATER, "2022-07-20T09:00");
            assertThat(scene.state("a")).isEqualTo(AWAITING_DATE);

            scene.versions.clear();
            broken().replacement("b", "a", CANCELLED, CLINICAL, LATER, "2022-07-20T09:00");
            assertThat(scene.state("a")).isEqualTo(AWAITING_DATE);

            scene.versions.clear();
            by(WAITLIST);
            assertThat(scene.state("a")).isEqualTo(AWAITING_DATE);
        }

        @Test
        void theReplacementIsIgnoredWhileTheAppointmentIsInTheBook() {
            by(FULFILLED);
            last(BOOKED, LATER);

            assertThat(scene.state("a")).isEqualTo(REBOOKED);
        }

        @Test
        void anAttendedReplacementTakesPrecedenceOverAPatientWhoCancelled() {
            broken().version("a", CANCELLED, PATIENT, "clinic", "11:00", "10:50");
            assertThat(scene.state("a")).isEqualTo(ABANDONED);

            scene.replacement("b", "a", FULFILLED, null, LATER, "2022-07-20T09:00");
            assertThat(scene.state("a")).isEqualTo(RECOVERED);
        }

        @Test
        void ofSeveralReplacementsTheNewestThenTheGreatestIdCounts() {
            broken().replacement("b", "a", FULFILLED, null, LATER, "2022-07-20T09:00")
                    .replacement("c", "a", BOOKED, null, LATER, "2022-07-20T09:01");
            assertThat(scene.state("a")).isEqualTo(REBOOKED);

            scene.versions.clear();
            broken().replacement("b", "a", BOOKED, null, LATER, "2022-07-20T09:01")
                    .replacement("c", "a", FULFILLED, null, LATER, "2022-07-20T09:00");
            assertThat(scene.state("a")).isEqualTo(REBOOKED);

            scene.versions.clear();
            broken().replacement("b", "a", FULFILLED, null, LATER, "2022-07-20T09:00")
                    .replacement("c", "a", BOOKED, null, LATER, "2022-07-20T09:00");
            assertThat(scene.state("a")).isEqualTo(REBOOKED);
        }

        @Test
        void aReplacementEnteredInErrorIsIgnored() {
            broken().replacement("b", "a", FULFILLED, null, LATER, "2022-07-20T09:00")
                    .replacement("c", "a", ENTERED_IN_ERROR, null, LATER, "2022-07-21T09:00");

            assertThat(scene.state("a")).isEqualTo(RECOVERED);
        }

        @Test
        void onlyTheNewestVersionDecidesWhatIsReplaced() {
            by(FULFILLED).replacement("b", null, FULFILLED, null, LATER, "2022-07-21T09:00");
            assertThat(scene.state("a")).isEqualTo(AWAITING_DATE);

            scene.replacement("b", "z", FULFILLED, null, LATER, "2022-07-22T09:00");
            assertThat(scene.state("a")).isEqualTo(AWAITING_DATE);
        }

        @Test
        void anAppointmentCannotReplaceItself() {
            scene.booked("a", "11:00").replacement("a", "a", CANCELLED, PATIENT, "11:00", "10:45");
            assertThat(scene.state("a")).isEqualTo(NONE);

            scene.versions.clear();
            broken().replacement("a", "a", WAITLIST, null, "11:00", "10:46")
                    .replacement("b", "a", BOOKED, null, LATER, "10:45");
            assertThat(scene.state("a")).isEqualTo(REBOOKED);
        }

        @Test
        void aReplacementOfAReplacementIsNotFollowed() {
            by(WAITLIST).replacement("c", "b", BOOKED, null, LATER, "2022-07-21T09:00");

            assertThat(scene.state("a")).isEqualTo(AWAITING_DATE);
        }

        @Test
        void twoThatReplaceEachOtherAreEachJudgedByTheOther() {
            scene.booked("a", "11:00").replacement("a", "b", CANCELLED, PROVIDER, "11:00", "10:45");
            scene.booked("b", "11:10").replacement("b", "a", WAITLIST, PROVIDER, "11:10", "10:45");
            assertThat(scene.state("a")).isEqualTo(AWAITING_DATE);
            assertThat(scene.state("b")).isEqualTo(AWAITING_DATE);

            scene.replacement("b", "a", FULFILLED, null, LATER, "2022-07-21T09:00");
            assertThat(scene.state("a")).isEqualTo(RECOVERED);
            assertThat(scene.state("b")).isEqualTo(RECOVERED);
        }
    }

    @Nested
    class NeverPostponed {

        @Test
        void attendedDuringTheOutageIsDeliveredInDowntime() {
            scene.booked("a", "11:00");
            last(ARRIVED, "11:00");

            assertThat(scene.state("a")).isEqualTo(DELIVERED_IN_DOWNTIME);
        }

        @Test
        void oneInstantOfTheSlotIsEnoughForDowntime() {
            last(FULFILLED, "10:00:00.001"); // until 10:30:00.001
            assertThat(scene.state("a")).isEqualTo(DELIVERED_IN_DOWNTIME);

            scene.versions.clear();
            last(FULFILLED, "10:00");
            assertThat(scene.state("a")).isEqualTo(NONE);

            scene.versions.clear();
            last(FULFILLED, "12:00");
            assertThat(scene.state("a")).isEqualTo(NONE);
        }

        @Test
        void stillBookedInAPastLostSlotIsUnconfirmed() {
            scene.booked("a", "11:00");

            assertThat(scene.state("a")).isEqualTo(UNCONFIRMED);
        }

        @Test
        void aSlotThatStartsNowIsPast() {
            Scene soon = new Scene()
                    .system("pas")
                    .service("clinic", needs("pas", 30))
                    .seen("pas", "10:00", DOWN)
                    .booked("a", "11:00");

            assertThat(soon.now("10:59:59.999").state("a")).isEqualTo(AT_RISK);
            assertThat(soon.now("11:00").state("a")).isEqualTo(UNCONFIRMED);
        }

        @Test
        void bookedWithinToleranceIsNotAffected() {
            scene.booked("a", "10:29:59.999");

            assertThat(scene.state("a")).isEqualTo(NONE);
        }

        @Test
        void aNoShowInALostSlotIsUnconfirmed() {
            scene.booked("a", "11:00");
            last(NOSHOW, "11:00");

            assertThat(scene.state("a")).isEqualTo(UNCONFIRMED);
        }

        @Test
        void cancelledByThePatientHasNoImpact() {
            scene.booked("a", "11:00").version("a", CANCELLED, PATIENT, "clinic", "11:00", "10:45");

            assertThat(scene.state("a")).isEqualTo(NONE);
        }
    }

    @Nested
    class AtRisk {

        private final Scene open = new Scene().system("pas").service("clinic", needs("pas", 30));

        private Scene downSince(String time) {
            return open.seen("pas", time, DOWN);
        }

        @Test
        void bookedIntoAnOpenOutageIsAtRiskUpToTheHorizon() {
            downSince("10:00").now("12:00").booked("a", "2022-07-20T12:00");
            assertThat(open.state("a")).isEqualTo(AT_RISK);

            open.booked("b", "2022-07-20T12:00:00.001");
            assertThat(open.state("b")).isEqualTo(NONE);
        }

        @Test
        void bookedWithinToleranceOfAnOpenOutageIsNotAtRisk() {
            downSince("10:00").booked("a", "10:29:59.999").booked("b", "10:30");

            assertThat(open.state("a")).isEqualTo(NONE);
            assertThat(open.state("b")).isEqualTo(AT_RISK);
        }

        @Test
        void anOutageThatHasEndedPutsNothingAtRisk() {
            downSince("10:00").seen("pas", "11:00", UP).booked("a", "15:00");

            assertThat(open.state("a")).isEqualTo(NONE);
        }

        @Test
        void onlyTheToleranceOfTheRequirementWithTheOpenOutageCounts() {
            open.system("lab").service("clinic", needs("pas", 30), needs("lab", 0));
            downSince("10:00").booked("a", "10:20");

            assertThat(open.state("a")).isEqualTo(NONE);
        }

        @Test
        void statusesOtherThanBookedAreNotAtRisk() {
            downSince("10:00")
                    .version("a", WAITLIST, null, "clinic", "11:00", "09:00")
                    .version("b", ARRIVED, null, "clinic", "09:00", "09:00");

            assertThat(open.judge().impacts()).isEmpty();
        }
    }

    @Test
    void withoutAnyObservationOnlyRecordedPostponementsCount() {
        Scene unwatched = new Scene()
                .service("clinic", needs("pas", 0))
                .booked("a", "11:00")
                .booked("b", "11:00")
                .version("b", CANCELLED, IT_OUTAGE, "clinic", "11:00", "10:45");

        assertThat(unwatched.judge().now()).isNull();
        assertThat(unwatched.state("a")).isEqualTo(NONE);
        assertThat(unwatched.state("b")).isEqualTo(AWAITING_DATE);
    }
}
