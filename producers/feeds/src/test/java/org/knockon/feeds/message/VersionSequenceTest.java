package org.knockon.feeds.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Priority;

class VersionSequenceTest {

    @Test
    void firstVersionHasItsTime() {
        assertThat(VersionSequence.next(1_700_000_000_000L, Optional.empty())).isEqualTo(1_700_000_000_000L);
    }

    @Test
    void versionsOfOneInstantKeepTheOrderOfArrival() {
        assertThat(VersionSequence.next(100, last(100, 100))).isEqualTo(101);
        assertThat(VersionSequence.next(100, last(107, 100))).isEqualTo(108);
    }

    @Test
    void laterVersionsHaveTheirTimeOnceItIsTheGreater() {
        assertThat(VersionSequence.next(200, last(107, 100))).isEqualTo(200);
        assertThat(VersionSequence.next(101, last(107, 100))).isEqualTo(108);
    }

    @Test
    void staleVersionTakesItsPlaceInThePast() {
        assertThat(VersionSequence.next(99, last(107, 100))).isEqualTo(99);
    }

    @Test
    void doesNotOverflow() {
        assertThat(VersionSequence.next(200, last(Long.MAX_VALUE, 100))).isEqualTo(Long.MAX_VALUE);
    }

    private static Optional<AppointmentVersion> last(long sequence, long updatedAt) {
        return Optional.of(new AppointmentVersion(
                "a",
                sequence,
                AppointmentStatus.BOOKED,
                null,
                "s",
                0,
                1,
                Priority.ROUTINE,
                "",
                null,
                updatedAt));
    }
}
