package org.knockon.impact.cascade;

import org.knockon.impact.interval.Intervals;
import org.knockon.impact.model.CareService;

/**
 * A stretch of one service's time in which a change may have altered the impact of appointments: those with a slot, or a
 * change of slot, between {@code from} and {@code to}.
 */
public record AffectedRange(String serviceId, long from, long to) {

    /** Everything the service ever had. */
    static AffectedRange all(String serviceId) {
        return new AffectedRange(serviceId, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /**
     * An interval that starts elsewhere starts elsewhere for every slot up to its end, so a stretch reaches to the end of the interval
     * that holds its own end. What lies before a change keeps its start.
     *
     * @param lost when the service is without something it needs, after the change
     */
    static AffectedRange stretch(String serviceId, long from, long to, Intervals lost) {
        int starting = lost.countStartingBefore(to == Long.MAX_VALUE ? to : to + 1);
        return new AffectedRange(serviceId, from, starting == 0 ? to : Math.max(to, lost.end(starting - 1)));
    }

    /** Whether an assessment of the service's appointments looks at a difference between the two. Names are none. */
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
