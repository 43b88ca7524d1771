package org.knockon.impact.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.impact.Day.at;
import static org.knockon.impact.assessment.AppointmentBuilder.booked;
import static org.knockon.impact.assessment.AppointmentBuilder.version;
import static org.knockon.impact.model.AppointmentStatus.ARRIVED;
import static org.knockon.impact.model.AppointmentStatus.BOOKED;
import static org.knockon.impact.model.AppointmentStatus.CANCELLED;
import static org.knockon.impact.model.AppointmentStatus.ENTERED_IN_ERROR;
import static org.knockon.impact.model.AppointmentStatus.FULFILLED;
import static org.knockon.impact.model.AppointmentStatus.NOSHOW;
import static org.knockon.impact.model.AppointmentStatus.PROPOSED;
import static org.knockon.impact.model.AppointmentStatus.UNKNOWN;
import static org.knockon.impact.model.AppointmentStatus.WAITLIST;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.knockon.impact.assessment.AppointmentHistory.Episode;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.ChangeReason;

class AppointmentHistoryTest {

    @Test
    void ordersVersionsBySequenceAndNotByArrival() {
        AppointmentVersion first = updated("clinic", 1, BOOKED, "09:00");
        AppointmentVersion second = updated("clinic", 2, CANCELLED, "08:00");
        AppointmentVersion third = updated("clinic", 3, BOOKED, "07:00");

        AppointmentHistory history =
                AppointmentHistory.EMPTY.with(second).with(third).with(first);

        assertThat(history.versions()).containsExactly(first, second, third);
        assertThat(history.last()).isEqualTo(third);
    }

    @Test
    void ofARepeatedSequenceTheNewestUpdateCountsInEitherOrder() {
        AppointmentVersion older = updated("clinic", 1, FULFILLED, "09:00");
        AppointmentVersion newer = updated("clinic", 1, BOOKED, "09:01");

        assertThat(AppointmentHistory.EMPTY.with(older).with(newer).versions()).containsExactly(newer);
        assertThat(AppointmentHistory.EMPTY.with(newer).with(older).versions()).containsExactly(newer);
    }

    @Test
    void ofARepeatUpdatedAtTheSameInstantTheGreaterCountsInEitherOrder() {
        AppointmentVersion byStatus = updated("clinic", 1, CANCELLED, "09:00");
        AppointmentVersion byService = updated("ward", 1, BOOKED, "09:00");
        AppointmentVersion least = updated("clinic", 1, BOOKED, "09:00");

        assertThat(AppointmentHistory.EMPTY
                        .with(least)
                        .with(byService)
                        .with(byStatus)
                        .versions())
                .containsExactly(byStatus);
        assertThat(AppointmentHistory.EMPTY
                        .with(byStatus)
                        .with(byService)
                        .with(least)
                        .versions())
                .containsExactly(byStatus);
        assertThat(AppointmentHistory.EMPTY.with(least).with(byService).versions())
                .containsExactly(byService);
    }

    @Test
    void repeatInTheMiddleReplacesOnlyItsOwnSequence() {
        AppointmentVersion first = updated("clinic", 1, BOOKED, "09:00");
        AppointmentVersion second = updated("clinic", 2, CANCELLED, "09:10");
        AppointmentVersion secondAgain = updated("clinic", 2, WAITLIST, "09:11");
        AppointmentVersion third = updated("clinic", 3, BOOKED, "09:20");

        assertThat(AppointmentHistory.EMPTY
                        .with(first)
                        .with(second)
                        .with(third)
                        .with(secondAgain)
                        .versions())
                .containsExactly(first, secondAgain, third);
    }

    @Test
    void versionThatChangesNothingReturnsTheSameHistory() {
        AppointmentHistory history = AppointmentHistory.EMPTY.with(updated("clinic", 1, BOOKED, "09:00"));

        assertThat(history.with(updated("clinic", 1, BOOKED, "09:00"))).isSameAs(history);
        assertThat(history.with(updated("clinic", 2, UNKNOWN, "10:00"))).isSameAs(history);
    }

    @Test
    void keepsTheGreatestSequencesInAnyOrderOfArrival() {
        List<AppointmentVersion> versions = new ArrayList<>();
        for (int sequence = 1; sequence <= 7; sequence++) {
            versions.add(updated("clinic", sequence, BOOKED, "09:00"));
            versions.add(updated("ward", sequence, sequence % 2 == 0 ? BOOKED : CANCELLED, "09:00"));
            versions.add(updated("newer schema", sequence + 1, UNKNOWN, "09:30"));
        }
        AppointmentHistory expected = AppointmentHistory.EMPTY
                .with(updated("ward", 5, CANCELLED, "09:00"))
                .with(updated("ward", 6, BOOKED, "09:00"))
                .with(updated("ward", 7, CANCELLED, "09:00"));

        for (int seed = 0; seed < 200; seed++) {
            Collections.shuffle(versions, new Random(seed));
            AppointmentHistory history = AppointmentHistory.EMPTY;
            for (AppointmentVersion version : versions) {
                AppointmentHistory before = history;
                history = before.with(version, 3);
                assertThat(history.versions()).hasSizeLessThanOrEqualTo(3);
                assertThat(before.truncated() && !history.truncated())
                        .as("once truncated, always truncated")
                        .isFalse();
            }
            assertThat(history.versions()).as("seed %d", seed).isEqualTo(expected.versions());
            assertThat(history.truncated()).isTrue();
        }
    }

    @Test
    void isTruncatedIfThereAreMoreSequencesThanAreKept() {
        AppointmentHistory full = AppointmentHistory.EMPTY
                .with(updated("clinic", 2, BOOKED, "09:00"), 2)
                .with(updated("clinic", 3, BOOKED, "09:10"), 2);
        AppointmentVersion repeat = updated("clinic", 2, CANCELLED, "09:20");
        AppointmentVersion lower = updated("clinic", 1, BOOKED, "09:30");
        AppointmentVersion higher = updated("clinic", 4, BOOKED, "09:40");
        AppointmentVersion ignored = updated("clinic", 5, UNKNOWN, "09:50");

        assertThat(full.truncated()).isFalse();
        assertThat(full.with(repeat, 2).truncated()).isFalse();
        assertThat(full.with(ignored, 2)).isSameAs(full);
        assertThat(full.with(lower, 2)).isEqualTo(new AppointmentHistory(full.versions(), true));
        assertThat(full.with(higher, 2))
                .isEqualTo(new AppointmentHistory(List.of(full.versions().get(1), higher), true));
        AppointmentHistory truncated = full.with(lower, 2);
        assertThat(truncated.with(lower, 2)).isSameAs(truncated);

        assertThat(full.displacesOne(repeat, 2)).isFalse();
        assertThat(full.displacesOne(ignored, 2)).isFalse();
        assertThat(full.displacesOne(lower, 2)).isTrue();
        assertThat(full.displacesOne(higher, 2)).isTrue();
        assertThat(full.displacesOne(higher, 3)).isFalse();
    }

    @Test
    void stillBookedEpisodeHasNotEnded() {
        assertThat(booked("clinic", "10:00").history().episodes())
                .containsExactly(new Episode("clinic", at("10:00"), Episode.NOT_ENDED, null));
    }

    @Test
    void episodeRunsThroughVersionsInTheBookWithTheSameSlot() {
        AppointmentHistory history = booked("clinic", "10:00")
                .then("09:50", ARRIVED)
                .then("10:20", FULFILLED)
                .then("10:30", NOSHOW)
                .history();

        assertThat(history.episodes()).hasSize(1);
    }

    @Test
    void episodeEndsWithTheVersionThatGoesOutOfTheBookAndItsReason() {
        AppointmentHistory history = booked("clinic", "10:00")
                .then("09:00", CANCELLED, ChangeReason.PROVIDER)
                .then("09:30", WAITLIST, ChangeReason.PATIENT)
                .history();

        assertThat(history.episodes())
                .containsExactly(new Episode("clinic", at("10:00"), at("09:00"), ChangeReason.PROVIDER));
    }

    @Test
    void movingTheSlotEndsTheEpisodeAndBeginsAnother() {
        AppointmentHistory history = booked("clinic", "10:00")
                .movedTo("11:00", "09:00", ChangeReason.IT_OUTAGE)
                .history();

        assertThat(history.episodes())
                .containsExactly(
                        new Episode("clinic", at("10:00"), at("09:00"), ChangeReason.IT_OUTAGE),
                        new Episode("clinic", at("11:00"), Episode.NOT_ENDED, null));
    }

    @Test
    void changingTheServiceEndsTheEpisodeAndBeginsAnother() {
        AppointmentHistory history =
                booked("clinic", "10:00").movedToService("ward", "09:00", null).history();

        assertThat(history.episodes())
                .containsExactly(
                        new Episode("clinic", at("10:00"), at("09:00"), null),
                        new Episode("ward", at("10:00"), Episode.NOT_ENDED, null));
    }

    @Test
    void sameSlotBookedAgainAfterACancellationIsAnotherEpisode() {
        AppointmentHistory history = booked("clinic", "10:00")
                .then("09:00", CANCELLED, ChangeReason.PROVIDER)
                .then("09:10", BOOKED)
                .history();

        assertThat(history.episodes()).hasSize(2);
    }

    @Test
    void enteredInErrorIsOutOfTheBook() {
        AppointmentHistory history =
                booked("clinic", "10:00").then("09:00", ENTERED_IN_ERROR).history();

        assertThat(history.episodes()).containsExactly(new Episode("clinic", at("10:00"), at("09:00"), null));
    }

    @Test
    void appointmentNeverInTheBookHasNoEpisode() {
        AppointmentHistory history = AppointmentHistory.EMPTY.with(updated("clinic", 1, PROPOSED, "09:00"));

        assertThat(history.episodes()).isEmpty();
    }

    @Test
    void anEpisodeMayBeBrokenUnlessItEndedForThePatientOrAClinicalReason() {
        assertThat(new Episode("clinic", 0, 1, null).mayBeBroken()).isTrue();
        assertThat(new Episode("clinic", 0, 1, ChangeReason.UNKNOWN).mayBeBroken())
                .isTrue();
        assertThat(new Episode("clinic", 0, 1, ChangeReason.PROVIDER).mayBeBroken())
                .isTrue();
        assertThat(new Episode("clinic", 0, 1, ChangeReason.IT_OUTAGE).mayBeBroken())
                .isTrue();
        assertThat(new Episode("clinic", 0, 1, ChangeReason.PATIENT).mayBeBroken())
                .isFalse();
        assertThat(new Episode("clinic", 0, 1, ChangeReason.CLINICAL).mayBeBroken())
                .isFalse();
        assertThat(new Episode("clinic", 0, Episode.NOT_ENDED, null).mayBeBroken())
                .isFalse();
    }

    private static AppointmentVersion updated(
            String serviceId, long sequence, AppointmentStatus status, String updatedAt) {
        return version(sequence, status, null, serviceId, "10:00", updatedAt);
    }
}
