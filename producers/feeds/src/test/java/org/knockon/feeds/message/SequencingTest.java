package org.knockon.feeds.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Priority;

class SequencingTest {

    private static final long RECEIVED = 1_658_224_800_000L;
    private static final long MINUTE = 60_000;

    @Test
    void theSendersTimeCounts() {
        assertThat(Sequencing.written(OptionalLong.of(RECEIVED - 3 * MINUTE), RECEIVED))
                .isEqualTo(new Sequencing.Written(RECEIVED - 3 * MINUTE, false));
    }

    @Test
    void withoutASendersTimeTheReceiptCounts() {
        assertThat(Sequencing.written(OptionalLong.empty(), RECEIVED))
                .isEqualTo(new Sequencing.Written(RECEIVED, false));
    }

    @Test
    void aClockFiveMinutesAheadIsAcceptedAndOneMillisecondMoreIsNot() {
        assertThat(Sequencing.written(OptionalLong.of(RECEIVED + 5 * MINUTE), RECEIVED))
                .isEqualTo(new Sequencing.Written(RECEIVED + 5 * MINUTE, false));
        assertThat(Sequencing.written(OptionalLong.of(RECEIVED + 5 * MINUTE + 1), RECEIVED))
                .isEqualTo(new Sequencing.Written(RECEIVED, true));
    }

    @Test
    void theFirstVersionHasItsTimeAsSequence() {
        assertThat(Sequencing.sequence(RECEIVED, Optional.empty())).isEqualTo(RECEIVED);
    }

    @Test
    void aLaterVersionHasItsTimeAsSequence() {
        assertThat(Sequencing.sequence(RECEIVED, last(RECEIVED - 1, RECEIVED - 1)))
                .isEqualTo(RECEIVED);
    }

    @Test
    void versionsOfOneInstantKeepTheOrderOfArrival() {
        assertThat(Sequencing.sequence(RECEIVED, last(RECEIVED, RECEIVED))).isEqualTo(RECEIVED + 1);
        assertThat(Sequencing.sequence(RECEIVED, last(RECEIVED + 1, RECEIVED))).isEqualTo(RECEIVED + 2);
    }

    @Test
    void aVersionAfterALeadingSequenceStillWins() {
        assertThat(Sequencing.sequence(RECEIVED + 1, last(RECEIVED + 5, RECEIVED)))
                .isEqualTo(RECEIVED + 6);
    }

    @Test
    void aStaleVersionTakesItsPlaceInThePast() {
        assertThat(Sequencing.sequence(RECEIVED - MINUTE, last(RECEIVED, RECEIVED)))
                .isEqualTo(RECEIVED - MINUTE);
    }

    @Test
    void theLargestSequenceDoesNotOverflow() {
        assertThat(Sequencing.sequence(RECEIVED, last(Long.MAX_VALUE, RECEIVED)))
                .isEqualTo(Long.MAX_VALUE);
    }

    private static Optional<AppointmentVersion> last(long sequence, long updatedAt) {
        return Optional.of(new AppointmentVersion(
                "pas/1",
                sequence,
                AppointmentStatus.BOOKED,
                null,
                "cardiology",
                RECEIVED,
                RECEIVED + 15 * MINUTE,
                Priority.ROUTINE,
                "",
                null,
                updatedAt,
                null));
    }
}
