package org.knockon.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.impact.model.AppointmentStatus.ARRIVED;
import static org.knockon.impact.model.AppointmentStatus.BOOKED;
import static org.knockon.impact.model.AppointmentStatus.CANCELLED;
import static org.knockon.impact.model.AppointmentStatus.ENTERED_IN_ERROR;
import static org.knockon.impact.model.AppointmentStatus.PENDING;
import static org.knockon.impact.model.AppointmentStatus.PROPOSED;
import static org.knockon.impact.model.AppointmentStatus.UNKNOWN;
import static org.knockon.impact.model.AppointmentStatus.WAITLIST;
import static org.knockon.impact.model.ChangeReason.IT_OUTAGE;
import static org.knockon.impact.model.ChangeReason.PATIENT;
import static org.knockon.impact.model.ChangeReason.PROVIDER;
import static org.knockon.impact.model.SystemStatus.DOWN;
import static org.knockon.oracle.Scene.at;
import static org.knockon.oracle.Scene.needs;

import java.util.Collections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Impact;

/** Paragraphs 11 to 14 and 16: R is [10:00, 12:00) and U is [10:30, 12:00), unless a test adds to them. */
class BrokenEpisodeRulesTest {

    private final Scene scene = new Scene();

    @BeforeEach
    void anOutageInTheMorning() {
        scene.system("pas").service("clinic", needs("pas", 30));
        scene.down("pas", "10:00", "12:00").now("20:00");
    }

    private int timesPostponed() {
        Impact impact = scene.impact("a");
        return impact == null ? 0 : impact.timesPostponed();
    }

    private Scene cancelled(ChangeReason reason, String slot, String updatedAt) {
        return scene.booked("a", slot).version("a", CANCELLED, reason, "clinic", slot, updatedAt);
    }

    @ParameterizedTest
    @EnumSource(
            value = ChangeReason.class,
            names = {"PATIENT", "CLINICAL"})
    void isNeverBrokenIfItEndedForThePatientOrAClinicalReason(ChangeReason reason) {
        cancelled(reason, "11:00", "10:45");
        assertThat(timesPostponed()).isZero();

        scene.versions.clear();
        cancelled(reason, "15:00", "11:00");
        assertThat(timesPostponed()).isZero();

        scene.versions.clear();
        scene.booked("a", "11:00").version("a", BOOKED, reason, "clinic", "2022-08-19T11:00", "10:45");
        assertThat(timesPostponed()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = ChangeReason.class,
            names = {"PROVIDER", "UNKNOWN"})
    void isBrokenByALostSlotForAnyOtherReason(ChangeReason reason) {
        cancelled(reason, "11:00", "2022-07-25T09:00");

        assertThat(timesPostponed()).isOne();
    }

    @Test
    void isBrokenByALostSlotIfNoReasonIsGiven() {
        cancelled(null, "11:00", "2022-07-25T09:00");

        assertThat(timesPostponed()).isOne();
    }

    @Test
    void isBrokenForReasonItOutageEvenWithoutAnOutage() {
        cancelled(IT_OUTAGE, "2022-09-01T11:00", "2022-08-01T09:00");

        assertThat(timesPostponed()).isOne();
    }

    @Test
    void isBrokenForReasonItOutageEvenAtAnUnknownService() {
        scene.version("a", BOOKED, null, "gone", "2022-09-01T11:00", "2022-07-01T09:00")
                .version("a", BOOKED, IT_OUTAGE, "clinic", "2022-09-01T11:00", "2022-07-01T10:00");

        assertThat(timesPostponed()).isOne();
    }

    @Test
    void aSlotIsLostFromTheEndOfTheToleranceToTheEndOfTheOutage() {
        cancelled(PROVIDER, "10:29:59.999", "2022-07-25T09:00");
        assertThat(timesPostponed()).isZero();

        scene.versions.clear();
        cancelled(PROVIDER, "10:30", "2022-07-25T09:00");
        assertThat(timesPostponed()).isOne();

        scene.versions.clear();
        cancelled(PROVIDER, "11:59:59.999", "2022-07-25T09:00");
        assertThat(timesPostponed()).isOne();

        scene.versions.clear();
        cancelled(PROVIDER, "12:00", "2022-07-25T09:00");
        assertThat(timesPostponed()).isZero();
    }

    @Test
    void aSlotCancelledBeforeTheOutageIsNotLost() {
        cancelled(PROVIDER, "11:00", "09:59:59.999");
        assertThat(timesPostponed()).isZero();

        scene.versions.clear();
        cancelled(PROVIDER, "11:00", "10:00");
        assertThat(timesPostponed()).isOne();
    }

    @Test
    void aSlotCancelledAtTheStartOfTheOutageIsLostHoweverFarAhead() {
        scene.seen("pas", "19:00", DOWN);

        cancelled(PROVIDER, "2022-08-19T11:00", "18:59:59.999");
        assertThat(timesPostponed()).isZero();

        scene.versions.clear();
        cancelled(PROVIDER, "2022-08-19T11:00", "19:00");
        assertThat(timesPostponed()).isOne();
    }

    @Test
    void anOutageWithinAnotherDoesNotShortenIt() {
        scene.system("dc").system("pas", "dc").down("dc", "10:40", "10:50");
        cancelled(PROVIDER, "11:00", "2022-07-25T09:00");

        assertThat(timesPostponed()).isOne();
    }

    @Test
    void outagesThatTouchCountFromTheStartOfTheFirst() {
        scene.system("lab").service("clinic", needs("pas", 30), needs("lab", 0));
        scene.down("lab", "09:00", "10:00");
        cancelled(PROVIDER, "11:00", "09:00");

        assertThat(timesPostponed()).isOne();
    }

    @Test
    void aSlotIsCancelledAheadDuringTheOutageUpToTheHorizon() {
        cancelled(PROVIDER, "2022-07-20T11:00", "11:00");
        assertThat(timesPostponed()).isOne();

        scene.versions.clear();
        cancelled(PROVIDER, "2022-07-20T11:00:00.001", "11:00");
        assertThat(timesPostponed()).isZero();
    }

    @Test
    void aSlotIsCancelledAheadOnlyWhileTheOutageLasts() {
        cancelled(PROVIDER, "15:00", "09:59:59.999");
        assertThat(timesPostponed()).isZero();

        scene.versions.clear();
        cancelled(PROVIDER, "15:00", "10:00");
        assertThat(timesPostponed()).isOne();

        scene.versions.clear();
        cancelled(PROVIDER, "15:00", "12:00");
        assertThat(timesPostponed()).isZero();
    }

    @Test
    void aSlotIsCancelledAheadAndNotAfterwards() {
        cancelled(PROVIDER, "10:10", "10:10");
        assertThat(timesPostponed()).isOne();

        scene.versions.clear();
        cancelled(PROVIDER, "10:10", "10:10:00.001");
        assertThat(timesPostponed()).isZero();
    }

    @Test
    void anOpenOutageLosesAllFutureSlots() {
        scene.seen("pas", "19:00", DOWN);
        cancelled(PROVIDER, "2023-07-19T11:00", "2023-07-18T11:00");

        assertThat(timesPostponed()).isOne();
    }

    @ParameterizedTest
    @EnumSource(
            value = AppointmentStatus.class,
            names = {"CANCELLED", "WAITLIST", "PENDING", "PROPOSED"})
    void anEpisodeEndsOutOfTheBook(AppointmentStatus status) {
        scene.booked("a", "11:00").version("a", status, PROVIDER, "clinic", "11:00", "11:00");

        assertThat(timesPostponed()).isOne();
    }

    @Test
    void anEpisodeEndsInError() {
        scene.booked("a", "11:00")
                .version("a", ENTERED_IN_ERROR, null, "clinic", "11:00", "11:00")
                .version("a", BOOKED, null, "clinic", "2022-08-19T11:00", "2022-07-20T11:00");

        assertThat(timesPostponed()).isOne();
    }

    @ParameterizedTest
    @EnumSource(
            value = AppointmentStatus.class,
            names = {"BOOKED", "ARRIVED", "CHECKED_IN", "FULFILLED", "NOSHOW"})
    void anEpisodeContinuesInTheSameSlot(AppointmentStatus status) {
        scene.booked("a", "11:00").version("a", status, PROVIDER, "clinic", "11:00", "11:00");

        assertThat(timesPostponed()).isZero();
    }

    @Test
    void anEpisodeEndsWithAMoveToAnotherSlotOrService() {
        scene.service("other")
                .booked("a", "11:00")
                .version("a", BOOKED, PROVIDER, "clinic", "11:30", "11:00")
                .version("a", BOOKED, PROVIDER, "other", "11:30", "11:05");

        assertThat(timesPostponed()).isEqualTo(2);
        assertThat(scene.impact("a").firstPostponedSlot()).isEqualTo(at("11:00"));
    }

    @Test
    void aMoveThereAndBackIsTwoEpisodes() {
        scene.booked("a", "11:00")
                .version("a", BOOKED, PROVIDER, "clinic", "11:30", "11:00")
                .version("a", ARRIVED, PROVIDER, "clinic", "11:00", "11:05");

        assertThat(timesPostponed()).isEqualTo(2);
    }

    @Test
    void changesOutOfTheBookEndNoEpisode() {
        scene.booked("a", "11:00")
                .version("a", WAITLIST, PROVIDER, "clinic", "11:00", "10:50")
                .version("a", PENDING, PROVIDER, "clinic", "11:30", "11:00")
                .version("a", PROPOSED, PROVIDER, "clinic", "11:40", "11:10");

        assertThat(timesPostponed()).isOne();
    }

    @Test
    void versionsAreOrderedBySequenceAndNotByTime() {
        scene.version("a", 2, CANCELLED, PROVIDER, "clinic", "11:00", "10:40", null)
                .version("a", 1, BOOKED, null, "clinic", "11:00", "10:50", null);

        assertThat(timesPostponed()).isOne();
    }

    @Test
    void ofARepeatedSequenceTheNewestCounts() {
        scene.booked("a", "11:00")
                .version("a", 1, CANCELLED, PROVIDER, "clinic", "11:00", "11:00", null)
                .version("a", 1, CANCELLED, PATIENT, "clinic", "11:00", "11:01", null);

        assertThat(timesPostponed()).isZero();
    }

    @Test
    void ofARepeatWrittenAtTheSameTimeTheLaterStatusCountsInAnyOrder() {
        scene.booked("a", "11:00")
                .version("a", 1, CANCELLED, PROVIDER, "clinic", "11:00", "11:00", null)
                .version("a", 1, BOOKED, PROVIDER, "clinic", "11:00", "11:00", null);
        assertThat(timesPostponed()).isOne();

        Collections.reverse(scene.versions);
        assertThat(timesPostponed()).isOne();
    }

    @Test
    void ofARepeatWrittenAtTheSameTimeWithTheSameStatusTheLaterSlotCountsInAnyOrder() {
        scene.booked("a", "11:00")
                .version("a", 1, BOOKED, PROVIDER, "clinic", "11:30", "11:00", null)
                .version("a", 1, BOOKED, PROVIDER, "clinic", "11:00", "11:00", null);
        assertThat(timesPostponed()).isOne();

        Collections.reverse(scene.versions);
        assertThat(timesPostponed()).isOne();
    }

    @Test
    void aVersionOfUnknownStatusIsIgnored() {
        scene.booked("a", "11:00")
                .version("a", 0, UNKNOWN, null, "clinic", "15:00", "11:00", null)
                .version("a", 1, UNKNOWN, null, "clinic", "15:00", "11:00", null)
                .version("a", 2, CANCELLED, PROVIDER, "clinic", "11:00", "11:00", null);
        assertThat(timesPostponed()).isOne();

        scene.versions.clear();
        scene.version("a", 0, UNKNOWN, null, "clinic", "15:00", "11:00", null);
        assertThat(timesPostponed()).isZero();
    }

    @Test
    void toleranceAppliesOnceToTheUnionOfARequirementsOutages() {
        scene.system("dc").system("pas", "dc").down("dc", "12:00", "13:00"); // touches the outage of pas
        cancelled(PROVIDER, "12:10", "2022-07-25T09:00");

        assertThat(timesPostponed()).isOne();
    }

    @Test
    void toleranceAppliesToEachRequirementSeparately() {
        scene.system("lab")
                .service("clinic", needs("pas", 30), needs("lab", 30))
                .down("lab", "12:00", "13:00");

        cancelled(PROVIDER, "12:10", "2022-07-25T09:00");
        assertThat(timesPostponed()).isZero();

        scene.versions.clear();
        cancelled(PROVIDER, "12:30", "2022-07-25T09:00");
        assertThat(timesPostponed()).isOne();
    }

    @Test
    void anOutageNoLongerThanTheToleranceLosesNothing() {
        scene.service("clinic", needs("pas", 120));
        cancelled(PROVIDER, "11:59", "2022-07-25T09:00");

        assertThat(timesPostponed()).isZero();
    }
}
