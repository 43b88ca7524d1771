package org.knockon.impact.assessment;

import java.util.Comparator;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.ChangeReason;

/** The newest version of an appointment that replaces another, reduced to what the rules need. */
public record Replacement(
        String appointmentId, AppointmentStatus status, ChangeReason changeReason, long slotStart, long updatedAt) {

    private static final Comparator<Replacement> PREFERENCE =
            Comparator.comparingLong(Replacement::updatedAt).thenComparing(Replacement::appointmentId);

    public static Replacement of(AppointmentVersion newest) {
        return new Replacement(
                newest.appointmentId(), newest.status(), newest.changeReason(), newest.slotStart(), newest.updatedAt());
    }

    /** Whether it counts as a replacement: one entered in error does not. */
    public boolean counts() {
        return status != AppointmentStatus.ENTERED_IN_ERROR;
    }

    /** Whether this replacement takes precedence over the other. Both must count. */
    public boolean outranks(Replacement other) {
        return PREFERENCE.compare(this, other) > 0;
    }
}
