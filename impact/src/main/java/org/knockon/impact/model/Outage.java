package org.knockon.impact.model;

/**
 * A confirmed interval in which a system was unavailable.
 *
 * @param endedAt {@link #OPEN} while it lasts
 * @param planned whether every unavailable instant so far was MAINTENANCE
 * @param confirmedAt when it was long enough to count, see docs/semantics.md
 */
public record Outage(
        String systemId, long startedAt, long endedAt, boolean planned, Evidence evidence, long confirmedAt) {

    /** Value of {@code endedAt} while the outage lasts: later than every instant. */
    public static final long OPEN = Long.MAX_VALUE;

    /** Text of its {@link OutageId}. */
    public String id() {
        return new OutageId(systemId, startedAt).toString();
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
