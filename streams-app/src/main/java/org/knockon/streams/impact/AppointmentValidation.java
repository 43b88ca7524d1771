package org.knockon.streams.impact;

import org.knockon.impact.model.AppointmentVersion;
import org.knockon.schemas.Topics;
import org.knockon.schemas.limits.InputLimits;
import org.knockon.streams.failure.InputCheck;
import org.knockon.streams.failure.RawRecord;


/** Which appointment snapshots are accepted. */
final class AppointmentValidation {

    /** Longest slot, milliseconds. Outages look this far back for slots that reach into them. */
    static final long LONGEST_SLOT = InputLimits.LONGEST_SLOT;

    private static final InputCheck<AppointmentVersion> CHECK = new InputCheck<>(Topics.APPOINTMENTS);

    private AppointmentValidation() {}

    /** @param latest last instant at which a snapshot can have been written, epoch milliseconds */
    static AppointmentVersion require(String key, RawRecord<?> raw, long latest) {
        return CHECK.require(key, raw, latest);
    }
}
