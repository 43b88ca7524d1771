package org.knockon.impact.model;

/**
 * Number of appointments per impact state in one cell.
 *
 * @param awaitingDate postponed, with no new date yet
 * @param delayMinutes total over REBOOKED and RECOVERED
 */
public record ImpactCounts(
        long atRisk,
        long unconfirmed,
        long deliveredInDowntime,
        long awaitingDate,
        long rebooked,
        long recovered,
        long abandoned,
        long delayMinutes) {

    public static final ImpactCounts ZERO = new ImpactCounts(0, 0, 0, 0, 0, 0, 0, 0);

    /** One appointment with this impact. */
    public static ImpactCounts of(Impact impact) {
        ImpactState state = impact.state();
        return new ImpactCounts(
                state == ImpactState.AT_RISK ? 1 : 0,
                state == ImpactState.UNCONFIRMED ? 1 : 0,
                state == ImpactState.DELIVERED_IN_DOWNTIME ? 1 : 0,
                state == ImpactState.AWAITING_DATE ? 1 : 0,
                state == ImpactState.REBOOKED ? 1 : 0,
                state == ImpactState.RECOVERED ? 1 : 0,
                state == ImpactState.ABANDONED ? 1 : 0,
                impact.delayMinutes() == null ? 0 : impact.delayMinutes());
    }

    /** Recorded as postponed at least once, whatever happened since. Never includes {@link #unconfirmed()}. */
    public long postponed() {
        return awaitingDate + rebooked + recovered + abandoned;
    }

    /** Care still owed: no new date, or a new date that has not come yet. */
    public long outstanding() {
        return awaitingDate + rebooked;
    }

    public ImpactCounts plus(ImpactCounts other) {
        return new ImpactCounts(
                atRisk + other.atRisk,
                unconfirmed + other.unconfirmed,
                deliveredInDowntime + other.deliveredInDowntime,
                awaitingDate + other.awaitingDate,
                rebooked + other.rebooked,
                recovered + other.recovered,
                abandoned + other.abandoned,
                delayMinutes + other.delayMinutes);
    }

    public ImpactCounts times(long factor) {
        return new ImpactCounts(
                atRisk * factor,
                unconfirmed * factor,
                deliveredInDowntime * factor,
                awaitingDate * factor,
                rebooked * factor,
                recovered * factor,
                abandoned * factor,
                delayMinutes * factor);
    }
}
