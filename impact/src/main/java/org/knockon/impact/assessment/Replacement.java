package org.knockon.impact.assessment;

import java.util.Comparator;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.ChangeReason;

/** What the newest version of an appointment says that was booked in place of another. */
public record Replacement(
        String appointmentId, AppointmentStatus status, ChangeReason changeReason, long slotStart, long updatedAt) {

    private static final Comparator<Replacement> PREFERENCE =
            Comparator.comparingLong(Replacement::updatedAt).thenComparing(Replacement::appointmentId);

    public static Replacement of(AppointmentVersion newest) {
        return new Replacement(
                newest.appointmentId(), newest.status(), newest.changeReason(), newest.slotStart(), newest.updatedAt());
    }

    /** One entered in error replaces nothing. */
    public boolean counts() {
        return status != AppointmentStatus.ENTERED_IN_ERROR;
    }

    /** Whether this one decides what became of the replaced appointment, and not the other. Both count. */
    public boolean outranks(Replacement other) {
        return PREFERENCE.compare(this, other) > 0;
    }
}
