package org.knockon.impact.cascade;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.knockon.impact.interval.Intervals;
import org.knockon.impact.model.Outage;

/**
 * A stretch of one service's time in which a change may have altered the impact of appointments: those with a slot, or a
 * change of slot, between {@code from} and {@code to}.
 */
public record Touched(String serviceId, long from, long to) {

    /** Everything the service ever had. */
    static Touched all(String serviceId) {
        return new Touched(serviceId, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /**
     * Compares a service before and after a change; null stands for a service that was not, or is not, in the catalogue.
     *
     * @return null when nothing that an assessment looks at has changed
     */
    static Touched between(String serviceId, ServiceAvailability before, ServiceAvailability after) {
        if (before == null || after == null) {
            return before == after ? null : all(serviceId);
        }
        if (!before.service().equals(after.service())) {
            return all(serviceId);
        }
        long from = Long.MAX_VALUE;
        long to = Long.MIN_VALUE;
        for (Outage outage : differing(before, after)) {
            from = Math.min(from, outage.startedAt());
            to = Math.max(to, outage.endedAt());
        }
        for (int i = 0; i < before.requirements().size(); i++) {
            Intervals old = before.requirements().get(i).unavailable();
            Intervals changed = old.differing(after.requirements().get(i).unavailable());
            if (!changed.isEmpty()) {
                from = Math.min(from, changed.start(0));
                to = Math.max(to, changed.end(changed.size() - 1));
            }
        }
        if (from > to) {
            return null;
        }
        long first = Math.min(startOfTouching(before.lost(), from), startOfTouching(after.lost(), from));
        long last = Math.max(endOfTouching(before.lost(), to), endOfTouching(after.lost(), to));
        return new Touched(serviceId, first, last);
    }

    private static Set<Outage> differing(ServiceAvailability before, ServiceAvailability after) {
        Set<Outage> differing = new HashSet<>();
        collect(before.outages(), new HashSet<>(after.outages()), differing);
        collect(after.outages(), new HashSet<>(before.outages()), differing);
        return differing;
    }

    private static void collect(
            List<ServiceAvailability.CausedOutage> these,
            Set<ServiceAvailability.CausedOutage> those,
            Set<Outage> into) {
        for (ServiceAvailability.CausedOutage outage : these) {
            if (!those.contains(outage)) {
                into.add(outage.outage());
            }
        }
    }

    /** An outage that moves also moves the interval that it is part of, so the whole of that is touched. */
    private static long startOfTouching(Intervals lost, long from) {
        for (int i = 0; i < lost.size(); i++) {
            if (lost.end(i) >= from) {
                return Math.min(from, lost.start(i));
            }
        }
        return from;
    }

    private static long endOfTouching(Intervals lost, long to) {
        for (int i = lost.size() - 1; i >= 0; i--) {
            if (lost.start(i) <= to) {
                return Math.max(to, lost.end(i));
            }
        }
        return to;
    }
}
