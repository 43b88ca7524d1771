package org.knockon.impact.assessment;

import java.util.Collection;
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

    /** The one that counts among several, or null. */
    public static Replacement best(Collection<Replacement> candidates) {
        return candidates.stream()
                .filter(candidate -> candidate.status != AppointmentStatus.ENTERED_IN_ERROR)
                .max(PREFERENCE)
                .orElse(null);
    }
}
