package org.knockon.impact.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.knockon.impact.Day.at;

import org.junit.jupiter.api.Test;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.ChangeReason;

class ReplacementTest {

    private final Replacement early = replacement("z", AppointmentStatus.FULFILLED, "09:00");
    private final Replacement late = replacement("a", AppointmentStatus.BOOKED, "10:00");

    @Test
    void theNewestUpdateTakesPrecedence() {
        assertThat(late.outranks(early)).isTrue();
        assertThat(early.outranks(late)).isFalse();
    }

    @Test
    void ofEquallyNewUpdatesTheGreatestIdTakesPrecedence() {
        Replacement greater = replacement("b", AppointmentStatus.CANCELLED, "10:00");

        assertThat(greater.outranks(late)).isTrue();
        assertThat(late.outranks(greater)).isFalse();
        assertThat(late.outranks(late)).isFalse();
    }

    @Test
    void enteredInErrorDoesNotCount() {
        assertThat(replacement("m", AppointmentStatus.ENTERED_IN_ERROR, "11:00").counts())
                .isFalse();
        assertThat(late.counts()).isTrue();
    }

    @Test
    void isTakenFromTheNewestVersion() {
        assertThat(Replacement.of(AppointmentBuilder.version(
                        3, AppointmentStatus.CANCELLED, ChangeReason.PATIENT, "clinic", "14:00", "09:00")))
                .isEqualTo(new Replacement(
                        "a1", AppointmentStatus.CANCELLED, ChangeReason.PATIENT, at("14:00"), at("09:00")));
    }

    private static Replacement replacement(String appointmentId, AppointmentStatus status, String updatedAt) {
        return new Replacement(appointmentId, status, null, at("15:00"), at(updatedAt));
    }
}
