package org.knockon.impact.assessment;

import static org.knockon.impact.Day.at;
import static org.knockon.impact.Day.minutes;

import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Priority;

/** Builds the history of one appointment version by version; its slots are half an hour long. */
final class AppointmentBuilder {

    private String serviceId;
    private String slotStart;
    private AppointmentHistory history = AppointmentHistory.EMPTY;
    private long sequence;

    private AppointmentBuilder(String serviceId, String slotStart) {
        this.serviceId = serviceId;
        this.slotStart = slotStart;
    }

    /** Booked the day before. */
    static AppointmentBuilder booked(String serviceId, String slotStart) {
        return new AppointmentBuilder(serviceId, slotStart)
                .then("2022-07-18T09:00", AppointmentStatus.BOOKED, ChangeReason.UNKNOWN);
    }

    AppointmentBuilder then(String updatedAt, AppointmentStatus status) {
        return then(updatedAt, status, null);
    }

    AppointmentBuilder then(String updatedAt, AppointmentStatus status, ChangeReason reason) {
        history = history.with(version(++sequence, status, reason, serviceId, slotStart, updatedAt));
        return this;
    }

    AppointmentBuilder movedTo(String newSlot, String updatedAt, ChangeReason reason) {
        slotStart = newSlot;
        return then(updatedAt, AppointmentStatus.BOOKED, reason);
    }

    AppointmentBuilder movedToService(String newService, String updatedAt, ChangeReason reason) {
        serviceId = newService;
        return then(updatedAt, AppointmentStatus.BOOKED, reason);
    }

    AppointmentHistory history() {
        return history;
    }

    static AppointmentVersion version(
            long sequence,
            AppointmentStatus status,
            ChangeReason reason,
            String serviceId,
            String slotStart,
            String updatedAt) {
        return new AppointmentVersion(
                "a1",
                sequence,
                status,
                reason,
                serviceId,
                at(slotStart),
                at(slotStart) + minutes(30),
                Priority.URGENT,
                "pseudonym",
                null,
                at(updatedAt),
                null);
    }
}
