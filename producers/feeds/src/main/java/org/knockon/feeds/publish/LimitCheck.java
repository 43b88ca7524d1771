package org.knockon.feeds.publish;

import java.util.Optional;
import java.util.stream.Stream;
import org.knockon.feeds.message.MappedMessage;
import org.knockon.feeds.message.RefusalReason;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Observation;
import org.knockon.schemas.Topics;
import org.knockon.schemas.limits.InputLimits;

/** Refuses what the pipeline would make a dead letter of, while the sender can still be answered. */
public final class LimitCheck {

    private static final InputLimits<AppointmentVersion> APPOINTMENTS =
            InputLimits.of(Topics.APPOINTMENTS).orElseThrow();
    private static final InputLimits<Observation> SYSTEM_HEALTH =
            InputLimits.of(Topics.SYSTEM_HEALTH).orElseThrow();

    private LimitCheck() {}

    /**
     * The message itself, or its refusal, which names the field.
     *
     * @param latest latest time that the pipeline accepts, epoch milliseconds
     */
    public static MappedMessage check(MappedMessage message, long latest) {
        return Stream.concat(
                        message.appointments().stream()
                                .map(version -> APPOINTMENTS.refusal(version.appointmentId(), version, latest)),
                        message.observations().stream()
                                .map(observation -> SYSTEM_HEALTH.refusal(observation.systemId(), observation, latest)))
                .flatMap(Optional::stream)
                .findFirst()
                .map(reason -> field(reason, message.appointments().isEmpty() ? "systemId" : "appointmentId"))
                .map(field -> MappedMessage.refused(RefusalReason.BAD_FIELD, field))
                .orElse(message);
    }

    /** The field that a reason begins with; the rest may quote an id. The key of a record is its id. */
    private static String field(String reason, String key) {
        String first = reason.substring(0, (reason + " ").indexOf(' '));
        return first.equals("the") ? key : first;
    }
}
