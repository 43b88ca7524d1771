package org.knockon.feeds.message;

import java.util.Optional;
import java.util.OptionalLong;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.schemas.limits.InputLimits;

/**
 * Gives a version of an appointment its time and its sequence, for senders that number their versions in no usable way.
 * The newest message wins, also of several within one second; a message older than the remembered version takes its
 * place in the past.
 */
public final class Sequencing {

    /**
     * When a version was written.
     *
     * @param clockAhead whether the sender's time is too far ahead, so that the time of receipt counts
     */
    public record Written(long updatedAt, boolean clockAhead) {}

    private Sequencing() {}

    /**
     * A sender with a wrong clock must not win over all later messages, so a time too far ahead is replaced.
     *
     * @param sent the sender's own time, in milliseconds since 1970; empty if it gave none
     * @param receivedAt time of receipt, in milliseconds since 1970
     */
    public static Written written(OptionalLong sent, long receivedAt) {
        if (sent.isEmpty()) {
            return new Written(receivedAt, false);
        }
        boolean ahead = sent.getAsLong() - receivedAt > InputLimits.BOOKING_CLOCK_LEAD;
        return new Written(ahead ? receivedAt : sent.getAsLong(), ahead);
    }

    /**
     * The sequence of a version.
     *
     * @param updatedAt of the new version, in milliseconds since 1970
     * @param last the newest version published of the same appointment
     */
    public static long sequence(long updatedAt, Optional<AppointmentVersion> last) {
        if (last.isEmpty() || updatedAt < last.get().updatedAt()) {
            return updatedAt;
        }
        long before = last.get().sequence();
        // A sender that numbers its versions itself may have used the largest number there is.
        return before == Long.MAX_VALUE ? before : Math.max(updatedAt, before + 1);
    }

    /**
     * The sequence of a version that a first load publishes. A live version of the same time, which the load may not know
     * of, has a greater one and wins.
     *
     * @param updatedAt of the version, in milliseconds since 1970
     * @param last the newest version known of the same appointment, older than this one
     */
    public static long loadedSequence(long updatedAt, Optional<AppointmentVersion> last) {
        long before = last.map(AppointmentVersion::sequence).orElse(-1L);
        return before == Long.MAX_VALUE ? before : Math.max(updatedAt - 1, before + 1);
    }
}
