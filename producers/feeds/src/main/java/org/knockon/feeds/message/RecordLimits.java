package org.knockon.feeds.message;

import java.util.Optional;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Observation;
import org.knockon.schemas.Topics;
import org.knockon.schemas.limits.InputLimits;
import org.knockon.schemas.limits.Limit;

/**
 * Whether the topics accept what a map made of a message. A record beyond a limit would become a dead letter, after its
 * sender got a positive answer. The maps ask themselves, because only they know where in the message a field came from.
 */
public final class RecordLimits {

    private static final InputLimits<AppointmentVersion> APPOINTMENTS =
            InputLimits.of(Topics.APPOINTMENTS).orElseThrow();
    private static final InputLimits<Observation> SYSTEM_HEALTH =
            InputLimits.of(Topics.SYSTEM_HEALTH).orElseThrow();

    private RecordLimits() {}

    /**
     * The first field that is beyond its limit, such as {@code slotStart}; empty if all are accepted.
     *
     * @param receivedAt time of receipt, in milliseconds since 1970
     */
    public static Optional<String> exceeded(AppointmentVersion version, long receivedAt) {
        return exceeded(APPOINTMENTS, version, receivedAt);
    }

    /** The same for an observation. */
    public static Optional<String> exceeded(Observation observation, long receivedAt) {
        return exceeded(SYSTEM_HEALTH, observation, receivedAt);
    }

    private static <V> Optional<String> exceeded(InputLimits<V> limits, V value, long receivedAt) {
        long latest = limits.latest(receivedAt);
        return limits.fields().stream()
                .filter(limit -> limit.refusal(value, latest) != null)
                .map(Limit::field)
                .findFirst();
    }
}
