package org.knockon.impact.model;

import java.time.Instant;

/**
 * A confirmed interval in which a system was unavailable.
 *
 * @param endedAt {@link #OPEN} while it lasts
 * @param planned every unavailable instant so far was MAINTENANCE
 * @param confirmedAt when the evidence sufficed, see docs/semantics.md
 */
public record Outage(
        String systemId, long startedAt, long endedAt, boolean planned, Evidence evidence, long confirmedAt) {

    /** Value of {@code endedAt} while the outage lasts: after every instant. */
    public static final long OPEN = Long.MAX_VALUE;

    /** {@code systemId@startedAt}, the instant in ISO-8601. */
    public String id() {
        return systemId + "@" + Instant.ofEpochMilli(startedAt);
    }

    public boolean open() {
        return endedAt == OPEN;
    }

    public boolean holdsAt(long instant) {
        return startedAt <= instant && instant < endedAt;
    }

    public boolean overlaps(Outage other) {
        return startedAt < other.endedAt && other.startedAt < endedAt;
    }
}
