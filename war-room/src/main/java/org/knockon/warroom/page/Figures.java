package org.knockon.warroom.page;

import org.knockon.impact.model.ImpactCounts;

/**
 * Numbers of appointments. Postponed and unconfirmed are never added.
 *
 * @param postponed recorded as postponed: the sum of awaitingDate, rebooked, recovered and abandoned
 * @param unconfirmed the time passed during an outage, and the outcome is not recorded yet
 * @param deliveredInDowntime seen on paper
 * @param outstanding care still owed: awaitingDate and rebooked
 * @param delayMinutes sum over rebooked and recovered
 */
public record Figures(
        long postponed,
        long unconfirmed,
        long deliveredInDowntime,
        long atRisk,
        long awaitingDate,
        long rebooked,
        long recovered,
        long abandoned,
        long outstanding,
        long delayMinutes) {

    public static Figures of(ImpactCounts counts) {
        return new Figures(
                counts.postponed(),
                counts.unconfirmed(),
                counts.deliveredInDowntime(),
                counts.atRisk(),
                counts.awaitingDate(),
                counts.rebooked(),
                counts.recovered(),
                counts.abandoned(),
                counts.outstanding(),
                counts.delayMinutes());
    }
}
