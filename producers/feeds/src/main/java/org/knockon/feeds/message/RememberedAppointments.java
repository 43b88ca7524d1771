package org.knockon.feeds.message;

import java.util.Optional;
import org.knockon.impact.model.AppointmentVersion;

/** The newest published version of each appointment of a feed, as the maps see it. */
public interface RememberedAppointments {

    Optional<RememberedAppointment> of(String appointmentId);

    /**
     * The appointment that a new one without a link probably replaces: same patient and service, cancelled, but not by
     * the patient, at or after the time, and not yet replaced. Of several, the one cancelled last.
     *
     * @param since earliest {@code updatedAt} of the cancellation, in milliseconds since 1970
     */
    Optional<AppointmentVersion> cancelled(String patientRef, String serviceId, long since);
}
