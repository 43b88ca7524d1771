package org.knockon.feeds.message;

import org.knockon.impact.model.AppointmentVersion;

/**
 * The newest version published of an appointment.
 *
 * @param contentHash hash of the message that led to it, for senders without message ids; empty if not known
 */
public record RememberedAppointment(AppointmentVersion version, String contentHash) {}
