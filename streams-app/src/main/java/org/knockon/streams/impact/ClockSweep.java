package org.knockon.streams.impact;

import org.knockon.impact.cascade.Situation;
import org.knockon.streams.task.TimeBudget;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * What the clock going from one instant to another can change: booked slots that came due, and those that came within the horizon, of
 * services with an outage then. Begun again from the start after a crash: looking twice does no harm.
 */
final class ClockSweep {

    private final long from;
    private final long until;
    private final long horizon;
    private final Iterator<String> services;
    private final Deque<Stretch> stretches = new ArrayDeque<>();

    /** @param from up to where the clock's effects have been worked through; {@link Situation#NO_CLOCK} for never */
    ClockSweep(Situation situation, long from, long until, long horizon) {
        this.from = from;
        this.until = until;
        this.horizon = horizon;
        this.services = situation.servicesLostAfter(from).iterator();
    }

    long until() {
        return until;
    }

    /** Goes on until the slice is over; returns whether all is done. */
    boolean go(AppointmentIndex index, TimeBudget slice, AppointmentIndex.Visitor visitor) {
        while (hasNext()) {
            Stretch stretch = stretches.removeFirst();
            byte[] last = index.walk(
                    stretch.serviceId, AppointmentIndex.BOOKED, stretch.from, stretch.to, stretch.after, visitor);
            if (last != null) {
                stretches.addFirst(new Stretch(stretch.serviceId, stretch.from, stretch.to, last));
                return false;
            }
            if (slice.over()) {
                break;
            }
        }
        return !hasNext();
    }

    private boolean hasNext() {
        if (stretches.isEmpty() && services.hasNext()) {
            String serviceId = services.next();
            if (from == Situation.NO_CLOCK || until - from >= horizon) {
                long first = from == Situation.NO_CLOCK ? Long.MIN_VALUE : from + 1;
                stretches.add(new Stretch(serviceId, first, until + horizon + 1, null));
            } else {
                stretches.add(new Stretch(serviceId, from + 1, until + 1, null));
                stretches.add(new Stretch(serviceId, from + horizon + 1, until + horizon + 1, null));
            }
        }
        return !stretches.isEmpty();
    }

    private record Stretch(String serviceId, long from, long to, byte[] after) {}
}
