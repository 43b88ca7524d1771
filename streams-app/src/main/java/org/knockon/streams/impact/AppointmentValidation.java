package org.knockon.streams.impact;

import org.knockon.impact.model.AppointmentVersion;
import org.knockon.schemas.Topics;
import org.knockon.schemas.limits.InputLimits;
import org.knockon.streams.failure.InputCheck;
import org.knockon.streams.failure.RawRecord;

/** Which appointment snapshots are accepted. */
final class AppointmentValidation {

    /** Longest slot, milliseconds: a slot that overlaps an outage starts at most this long before it. */
    static final long LONGEST_SLOT = InputLimits.LONGEST_SLOT;

    private static final InputCheck<AppointmentVersion> CHECK = new InputCheck<>(Topics.APPOINTMENTS);

    private AppointmentValidation() {}

    /** @param latest latest time that a snapshot may carry, epoch milliseconds */
    static AppointmentVersion require(String key, RawRecord<?> raw, long latest) {
        return CHECK.require(key, raw, latest);
    }
}
