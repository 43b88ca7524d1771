package org.knockon.impact.cascade;

import java.util.HashMap;
import java.util.Map;
import org.knockon.impact.cascade.ServiceAvailability.CausedOutage;
import org.knockon.impact.interval.Intervals;
import org.knockon.impact.model.CareService;

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
        if (!withoutNames(before.service()).equals(withoutNames(after.service()))) {
            return all(serviceId);
        }
        Span span = new Span();
        differingOutages(before, after, span);
        for (int i = 0; i < before.requirements().size(); i++) {
            Intervals old = before.requirements().get(i).unavailable();
            Intervals changed = old.differing(after.requirements().get(i).unavailable());
            if (!changed.isEmpty()) {
                span.take(changed.start(0), changed.end(changed.size() - 1));
            }
        }
        if (span.from > span.to) {
            return null;
        }
        long last = Math.max(endOfTouching(before.lost(), span.to), endOfTouching(after.lost(), span.to));
        return new Touched(serviceId, span.from, last);
    }

    /** What people call it decides nothing. */
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

    /** Where an outage's end moved, only what lies between the two ends; the whole of it where more is different. */
    private static void differingOutages(ServiceAvailability before, ServiceAvailability after, Span span) {
        Map<String, CausedOutage> old = new HashMap<>();
        before.outages().forEach(caused -> old.put(caused.outageId(), caused));
        for (CausedOutage now : after.outages()) {
            CausedOutage then = old.remove(now.outageId());
            if (then == null) {
                span.take(now.outage().startedAt(), now.outage().endedAt());
            } else if (!then.rootCauses().equals(now.rootCauses())) {
                span.take(now.outage().startedAt(), then.outage().endedAt());
                span.take(now.outage().startedAt(), now.outage().endedAt());
            } else if (then.outage().endedAt() != now.outage().endedAt()) {
                span.take(
                        Math.min(then.outage().endedAt(), now.outage().endedAt()),
                        Math.max(then.outage().endedAt(), now.outage().endedAt()));
            }
        }
        old.values()
                .forEach(gone ->
                        span.take(gone.outage().startedAt(), gone.outage().endedAt()));
    }

    /** A start that moves moves it for every slot up to the end of the interval. What lies before a change keeps its start. */
    private static long endOfTouching(Intervals lost, long to) {
        for (int i = lost.size() - 1; i >= 0; i--) {
            if (lost.start(i) <= to) {
                return Math.max(to, lost.end(i));
            }
        }
        return to;
    }

    /** From the earliest to the latest of what it takes. */
    private static final class Span {

        private long from = Long.MAX_VALUE;
        private long to = Long.MIN_VALUE;

        void take(long start, long end) {
            from = Math.min(from, start);
            to = Math.max(to, end);
        }
    }
}
