package org.knockon.feeds.cloudevents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.knockon.feeds.message.Flag;
import org.knockon.feeds.message.RecordLimits;
import org.knockon.feeds.message.RefusalReason;
import org.knockon.feeds.message.RefusedMessageException;
import org.knockon.feeds.message.RememberedAppointment;
import org.knockon.feeds.message.RememberedAppointments;
import org.knockon.feeds.message.Sequencing;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Observation;
import org.knockon.schemas.Topic;
import org.knockon.schemas.Topics;
import org.knockon.schemas.json.JsonRecordException;
import org.knockon.schemas.json.JsonRecords;

/** Reads the data of one event, which has the JSON form of its topic. */
final class EventData {

    private static final Pattern PSEUDONYM = Pattern.compile("(?:p-[0-9a-f]{16})?");
    private static final Map<String, RefusalReason> REASONS = Map.of(
            "status", RefusalReason.BAD_STATUS,
            "observedAt", RefusalReason.BAD_TIME,
            "updatedAt", RefusalReason.BAD_TIME,
            "slotStart", RefusalReason.BAD_TIME,
            "slotEnd", RefusalReason.BAD_TIME,
            "dueIn", RefusalReason.BAD_TIME);
    private static final Map<String, RefusalReason> MISSING = Map.of(
            "appointmentId", RefusalReason.MISSING_ID,
            "systemId", RefusalReason.MISSING_ID,
            "serviceId", RefusalReason.MISSING_SERVICE,
            "slotStart", RefusalReason.MISSING_SLOT,
            "slotEnd", RefusalReason.MISSING_SLOT);
    private static final List<String> FIELDS = List.of(
            "appointmentId",
            "sequence",
            "status",
            "changeReason",
            "serviceId",
            "slotStart",
            "slotEnd",
            "priority",
            "patientRef",
            "replaces",
            "updatedAt",
            "dueIn",
            "systemId",
            "observedAt",
            "monitor",
            "detail");

    private final CloudEvent event;
    private final long receivedAt;
    private final Set<Flag> flags;

    /** @param flags receives what is unusual */
    EventData(CloudEvent event, long receivedAt, Set<Flag> flags) {
        this.event = event;
        this.receivedAt = receivedAt;
        this.flags = flags;
    }

    Observation observation(String monitor) {
        ObjectNode data = data();
        addTime(data, "observedAt");
        if (!data.hasNonNull("monitor")) {
            data.put("monitor", monitor);
        }
        Observation read = read(Topics.SYSTEM_HEALTH, data);
        // Nothing can be observed after its receipt, and an early time would move the clock of all systems.
        long observedAt = Math.min(written(read.observedAt()), receivedAt);
        Observation observation =
                new Observation(read.systemId(), read.status(), observedAt, read.monitor(), read.detail());
        RecordLimits.exceeded(observation, receivedAt).ifPresent(this::refuse);
        return observation;
    }

    AppointmentVersion appointment(RememberedAppointments remembered) {
        ObjectNode data = data();
        addTime(data, "updatedAt");
        boolean numbered = data.hasNonNull("sequence");
        if (!numbered) {
            data.put("sequence", 0);
        }
        if (!data.hasNonNull("patientRef")) {
            data.put("patientRef", "");
        }
        AppointmentVersion read = read(Topics.APPOINTMENTS, data);
        if (!PSEUDONYM.matcher(read.patientRef()).matches()) {
            throw refused(RefusalReason.BAD_FIELD, "patientRef");
        }
        if (read.status() == AppointmentStatus.UNKNOWN) {
            throw refused(RefusalReason.BAD_STATUS, "status");
        }
        long updatedAt = written(read.updatedAt());
        long sequence = numbered
                ? read.sequence()
                : Sequencing.sequence(
                        updatedAt, remembered.of(read.appointmentId()).map(RememberedAppointment::version));
        AppointmentVersion version = new AppointmentVersion(
                read.appointmentId(),
                sequence,
                read.status(),
                read.changeReason(),
                read.serviceId(),
                read.slotStart(),
                read.slotEnd(),
                read.priority(),
                read.patientRef(),
                read.replaces(),
                updatedAt,
                read.dueIn());
        RecordLimits.exceeded(version, receivedAt).ifPresent(this::refuse);
        return version;
    }

    private ObjectNode data() {
        if (!event.data().isObject()) {
            throw new RefusedMessageException(RefusalReason.BAD_FIELD, event.path() + "data");
        }
        return event.data().deepCopy();
    }

    private void addTime(ObjectNode data, String field) {
        if (data.hasNonNull(field)) {
            return;
        }
        if (event.time().isPresent()) {
            try {
                OffsetDateTime.parse(event.time().get());
            } catch (DateTimeException e) {
                throw new RefusedMessageException(RefusalReason.BAD_TIME, event.path() + "time");
            }
        }
        data.put(
                field,
                event.time().orElseGet(() -> Instant.ofEpochMilli(receivedAt).toString()));
    }

    private long written(long time) {
        Sequencing.Written written = Sequencing.written(OptionalLong.of(time), receivedAt);
        if (written.clockAhead()) {
            flags.add(Flag.CLOCK_AHEAD);
        }
        return written.updatedAt();
    }

    /** The message of the reader quotes the value, so only the name of the field is taken from it. */
    private <V> V read(Topic<V> topic, ObjectNode data) {
        try {
            return JsonRecords.fromJson(topic, data);
        } catch (JsonRecordException e) {
            String field = FIELDS.stream()
                    .filter(name -> e.getMessage().startsWith(name + " "))
                    .findFirst()
                    .orElse("");
            if (field.isEmpty()) {
                throw new RefusedMessageException(RefusalReason.BAD_FIELD, event.path() + "data");
            }
            RefusalReason reason = REASONS.getOrDefault(field, RefusalReason.BAD_FIELD);
            throw refused(data.hasNonNull(field) ? reason : MISSING.getOrDefault(field, reason), field);
        }
    }

    private void refuse(String field) {
        throw refused(field.equals("status") ? RefusalReason.BAD_STATUS : RefusalReason.BAD_FIELD, field);
    }

    private RefusedMessageException refused(RefusalReason reason, String field) {
        return new RefusedMessageException(reason, event.path() + "data." + field);
    }
}
