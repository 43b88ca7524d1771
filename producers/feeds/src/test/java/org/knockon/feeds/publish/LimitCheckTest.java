package org.knockon.feeds.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.Refusal;
import org.knockon.feeds.message.RefusalReason;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.SystemStatus;

class LimitCheckTest {

    private static final long NOON = 1_658_235_600_000L;
    private static final long YEAR = 366 * 24 * 60 * 60 * 1000L;

    @Test
    void letsThroughWhatThePipelineAccepts() {
        MappedMessage valid = appointment("pas/1", NOON + YEAR);

        assertThat(LimitCheck.check(valid, NOON)).isSameAs(valid);
    }

    @Test
    void refusesAnAppointmentAndNamesTheFieldOnly() {
        assertThat(LimitCheck.check(appointment("Quibblethorpe", NOON + 6 * YEAR), NOON)
                        .refusal())
                .contains(new Refusal(RefusalReason.BAD_FIELD, "slotStart"));
        assertThat(LimitCheck.check(appointment("a".repeat(257), NOON), NOON).refusal())
                .contains(new Refusal(RefusalReason.BAD_FIELD, "appointmentId"));
    }

    @Test
    void refusesAnObservation() {
        MappedMessage late = MappedMessage.observations(
                List.of(
                        new Observation("pas", SystemStatus.UP, NOON, "am", null),
                        new Observation("pas", SystemStatus.UP, NOON + 1, "am", null)),
                Set.of(),
                List.of());

        assertThat(LimitCheck.check(late, NOON).refusal()).contains(new Refusal(RefusalReason.BAD_FIELD, "observedAt"));
    }

    private static MappedMessage appointment(String id, long slotStart) {
        return MappedMessage.appointment(
                new AppointmentVersion(
                        id,
                        1,
                        AppointmentStatus.BOOKED,
                        null,
                        "mri",
                        slotStart,
                        slotStart,
                        Priority.ROUTINE,
                        "",
                        null,
                        NOON),
                Set.of(),
                List.of());
    }
}
