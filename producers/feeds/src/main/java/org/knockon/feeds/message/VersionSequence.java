package org.knockon.feeds.message;

import java.util.Optional;
import org.knockon.impact.model.AppointmentVersion;

/** Numbers the versions of an appointment for senders whose messages carry a time and no number. */
public final class VersionSequence {

    private VersionSequence() {}

    /**
     * The sequence of a new version. Versions of one instant keep the order in which they arrive; a version that is
     * older than the newest one gets its place in the past and never wins.
     *
     * @param updatedAt time of the new version
     * @param last the newest version published
     */
    public static long next(long updatedAt, Optional<AppointmentVersion> last) {
        if (last.isEmpty() || updatedAt < last.get().updatedAt()) {
            return updatedAt;
        }
        long sequence = last.get().sequence();
        return Math.max(updatedAt, sequence == Long.MAX_VALUE ? sequence : sequence + 1);
    }
}
