package org.knockon.impact.model;

/**
 * Number of appointments per impact state in one cell.
 *
 * @param delayMinutes summed over REBOOKED and RECOVERED
 */
public record ImpactCounts(
        long atRisk,
        long unconfirmed,
        long deliveredInDowntime,
        long postponed,
        long rebooked,
        long recovered,
        long abandoned,
        long delayMinutes) {

    public static final ImpactCounts ZERO = new ImpactCounts(0, 0, 0, 0, 0, 0, 0, 0);

    /** Recorded by somebody: postponed at least once. */
    public long known() {
        return postponed + rebooked + recovered + abandoned;
    }

    /** Presumed only; never added to {@link #known()}. */
    public long presumed() {
        return unconfirmed;
    }

    /** Care still owed. */
    public long outstanding() {
        return postponed + rebooked;
    }

    public ImpactCounts plus(ImpactCounts other) {
        return new ImpactCounts(
                atRisk + other.atRisk,
                unconfirmed + other.unconfirmed,
                deliveredInDowntime + other.deliveredInDowntime,
                postponed + other.postponed,
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
                postponed * factor,
                rebooked * factor,
                recovered * factor,
                abandoned * factor,
                delayMinutes * factor);
    }
}
