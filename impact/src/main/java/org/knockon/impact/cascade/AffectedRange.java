package org.knockon.impact.cascade;

import org.knockon.impact.interval.Intervals;
import org.knockon.impact.model.CareService;

/**
 * A time range of one service in which a change may have altered impacts: those of appointments with a slot, or a
 * change of slot, between {@code from} and {@code to}.
 */
public record AffectedRange(String serviceId, long from, long to) {

    /** All appointments of the service. */
    static AffectedRange all(String serviceId) {
        return new AffectedRange(serviceId, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /**
     * A range that a change of outages affects. If an interval gets another start, this affects every slot up to its
     * end, so the range extends to the end of the interval that contains {@code to}.
     *
     * @param lost when the service lacks a required system, after the change
     */
    static AffectedRange extended(String serviceId, long from, long to, Intervals lost) {
        int starting = lost.countStartingBefore(to == Long.MAX_VALUE ? to : to + 1);
        return new AffectedRange(serviceId, from, starting == 0 ? to : Math.max(to, lost.end(starting - 1)));
    }

    /** Whether the two differ in a way that can change an assessment. Names cannot. */
    static boolean differ(CareService before, CareService after) {
        return !withoutNames(before).equals(withoutNames(after));
    }

    private static CareService withoutNames(CareService service) {
        return new CareService(
                service.serviceId(),
                "",
                service.organisation(),
                service.site(),
                null,
                service.specialty(),
                service.category(),
                service.requires());
    }
}
