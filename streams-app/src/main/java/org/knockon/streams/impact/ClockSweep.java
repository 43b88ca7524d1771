package org.knockon.streams.impact;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.knockon.impact.cascade.Situation;
import org.knockon.streams.task.TimeBudget;

/**
 * Visits the appointments that a move of the clock from one instant to another can affect: bookings of services with
 * an outage whose slot came due or came within the horizon. After a crash it starts again; a second visit does no
 * harm.
 */
final class ClockSweep {

    private final long from;
    private final long until;
    private final long horizon;
    private final Iterator<String> services;
    private final Deque<Range> ranges = new ArrayDeque<>();

    /**
     * @param from event time up to which the clock's effects have been applied; {@link Situation#NO_CLOCK} for never
     */
    ClockSweep(Situation situation, long from, long until, long horizon) {
        this.from = from;
        this.until = until;
        this.horizon = horizon;
        this.services = situation.servicesLostAfter(from).iterator();
    }

    long until() {
        return until;
    }

    /** Continues until the budget is spent; returns whether it is done. */
    boolean run(AppointmentIndex index, TimeBudget budget, AppointmentIndex.Visitor visitor) {
        while (hasNext()) {
            Range range = ranges.removeFirst();
            byte[] last =
                    index.walk(range.serviceId, AppointmentIndex.BOOKED, range.from, range.to, range.after, visitor);
            if (last != null) {
                ranges.addFirst(new Range(range.serviceId, range.from, range.to, last));
                return false;
            }
            if (budget.isSpent()) {
                break;
            }
        }
        return !hasNext();
    }

    private boolean hasNext() {
        if (ranges.isEmpty() && services.hasNext()) {
            String serviceId = services.next();
            if (from == Situation.NO_CLOCK || until - from >= horizon) {
                long first = from == Situation.NO_CLOCK ? Long.MIN_VALUE : from + 1;
                ranges.add(new Range(serviceId, first, until + horizon + 1, null));
            } else {
                ranges.add(new Range(serviceId, from + 1, until + 1, null));
                ranges.add(new Range(serviceId, from + horizon + 1, until + horizon + 1, null));
            }
        }
        return !ranges.isEmpty();
    }

    private record Range(String serviceId, long from, long to, byte[] after) {}
}
