package org.knockon.impact.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.impact.Day.at;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.ChangeReason;

class ReplacementTest {

    private final Replacement early = replacement("z", AppointmentStatus.FULFILLED, "09:00");
    private final Replacement late = replacement("a", AppointmentStatus.BOOKED, "10:00");

    @Test
    void newestUpdateCountsWhateverTheOrder() {
        assertThat(Replacement.best(List.of(early, late))).isEqualTo(late);
        assertThat(Replacement.best(List.of(late, early))).isEqualTo(late);
    }

    @Test
    void ofThoseUpdatedAtOnceTheGreatestIdCounts() {
        Replacement greater = replacement("b", AppointmentStatus.CANCELLED, "10:00");

        assertThat(Replacement.best(List.of(greater, late))).isEqualTo(greater);
        assertThat(Replacement.best(List.of(late, greater))).isEqualTo(greater);
    }

    @Test
    void enteredInErrorNeverCounts() {
        Replacement error = replacement("m", AppointmentStatus.ENTERED_IN_ERROR, "11:00");

        assertThat(Replacement.best(List.of(early, error))).isEqualTo(early);
        assertThat(Replacement.best(List.of(error))).isNull();
    }

    @Test
    void ofNoneNoneCounts() {
        assertThat(Replacement.best(List.of())).isNull();
    }

    @Test
    void saysWhatTheNewestVersionSays() {
        assertThat(Replacement.of(AppointmentStory.version(
                        3, AppointmentStatus.CANCELLED, ChangeReason.PATIENT, "clinic", "14:00", "09:00")))
                .isEqualTo(new Replacement(
                        "a1", AppointmentStatus.CANCELLED, ChangeReason.PATIENT, at("14:00"), at("09:00")));
    }

    private static Replacement replacement(String appointmentId, AppointmentStatus status, String updatedAt) {
        return new Replacement(appointmentId, status, null, at("15:00"), at(updatedAt));
    }
}
