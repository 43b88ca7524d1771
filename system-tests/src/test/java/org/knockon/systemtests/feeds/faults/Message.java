package org.knockon.systemtests.feeds.faults;

import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.SystemStatus;

/**
 * One message of a sender, and what it says.
 *
 * @param id control id, or id of the event
 * @param path appended to the feed's URL; empty for HL7
 */
record Message(String id, String path, String body, Content content) {

    sealed interface Content {}

    /** One version of an appointment. */
    record Booking(String appointmentId, AppointmentStatus status, long slotStart, long updatedAt) implements Content {}

    record Health(String systemId, SystemStatus status, long observedAt) implements Content {}
}
