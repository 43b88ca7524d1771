package org.knockon.feeds.hl7;

import java.util.Optional;
import org.knockon.impact.model.AppointmentStatus;

/**
 * What a trigger or a text in SCH-25 means.
 *
 * @param status empty if the message says nothing about an appointment, such as a slot that a clinic blocks
 */
public record StatusMeaning(Optional<AppointmentStatus> status) {

    public static final StatusMeaning IGNORED = new StatusMeaning(Optional.empty());

    public static StatusMeaning of(AppointmentStatus status) {
        return new StatusMeaning(Optional.of(status));
    }
}
