package org.knockon.feeds.fhir;

import java.util.Optional;
import org.knockon.feeds.tables.IdTable;
import org.knockon.feeds.tables.WordTable;
import org.knockon.impact.model.ChangeReason;
import org.knockon.impact.model.Priority;

/**
 * The tables of one FHIR feed.
 *
 * @param name of the feed
 * @param namespace begins the ids of its appointments; empty for none
 * @param identifier the {@code identifier.system} whose value is the appointment's id; empty: the resource id counts
 * @param dueIn url of the extension that holds the planned time of admission; empty: it is not read
 * @param defaultService service of messages that name neither a location nor a service
 * @param priorities over the number of {@code Appointment.priority}
 * @param defaultMinutes length of a slot whose end is not known
 */
public record FhirFeedSettings(
        String name,
        String namespace,
        Optional<String> identifier,
        Optional<String> dueIn,
        IdTable services,
        Optional<String> defaultService,
        WordTable<ChangeReason> reasons,
        WordTable<Priority> priorities,
        int defaultMinutes) {

    /** The appointment id for an id of the sender. */
    String appointmentId(String sendersId) {
        return namespace.isEmpty() ? sendersId : namespace + "/" + sendersId;
    }

    /** The sender's id of an appointment of this feed. */
    String sendersId(String appointmentId) {
        return namespace.isEmpty() ? appointmentId : appointmentId.substring(namespace.length() + 1);
    }
}
