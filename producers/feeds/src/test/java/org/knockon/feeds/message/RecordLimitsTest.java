package org.knockon.feeds.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Observation;
import org.knockon.impact.model.Priority;
import org.knockon.impact.model.SystemStatus;
import org.knockon.schemas.limits.InputLimits;

class RecordLimitsTest {

    private static final long NOON = 1_658_235_600_000L;
    private static final long YEAR = 366 * 24 * 60 * 60 * 1000L;

    @Test
    void acceptsWhatThePipelineAccepts() {
        assertThat(RecordLimits.exceeded(appointment("pas/1", NOON + YEAR, NOON), NOON))
                .isEmpty();
        assertThat(RecordLimits.exceeded(observation("pas", NOON), NOON)).isEmpty();
    }

    @Test
    void namesTheFieldAndNotItsValue() {
        assertThat(RecordLimits.exceeded(appointment("Quibblethorpe", NOON + 6 * YEAR, NOON), NOON))
                .contains("slotStart");
        assertThat(RecordLimits.exceeded(appointment("a".repeat(257), NOON, NOON), NOON))
                .contains("appointmentId");
        assertThat(RecordLimits.exceeded(observation("\u0000", NOON), NOON)).contains("systemId");
    }

    /** The clock of a booking system may be ahead; nothing can be observed after its receipt. */
    @Test
    void onlyAppointmentsMayBeAheadOfReceipt() {
        long latest = NOON + InputLimits.BOOKING_CLOCK_LEAD;

        assertThat(RecordLimits.exceeded(appointment("pas/1", NOON, latest), NOON))
                .isEmpty();
        assertThat(RecordLimits.exceeded(appointment("pas/1", NOON, latest + 1), NOON))
                .contains("updatedAt");
        assertThat(RecordLimits.exceeded(observation("pas", NOON + 1), NOON)).contains("observedAt");
    }

    private static Observation observation(String systemId, long observedAt) {
        return new Observation(systemId, SystemStatus.UP, observedAt, "am", null);
    }

    private static AppointmentVersion appointment(String id, long slotStart, long updatedAt) {
        return new AppointmentVersion(
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
                updatedAt,
                null);
    }
}
