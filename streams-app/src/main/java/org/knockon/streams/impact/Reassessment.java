package org.knockon.streams.impact;

import org.knockon.impact.assessment.Assessment;
import org.knockon.streams.wire.WorkItem;

/**
 * Works through what an outage or the catalogue touched, in slices. It counts first, as many as may wait to be written, and writes
 * then: people wait for the counts. In a catch-up nobody waits, and one after the other costs less.
 */
final class Reassessment {

    private final WorkList work;
    private final AppointmentIndex index;
    private final Appointments appointments;
    private final Assessment assessment;
    private final int mostUnwritten;
    private boolean full;
    private int visited;

    /** @param mostUnwritten appointments that may be counted before they are written */
    Reassessment(
            WorkList work,
            AppointmentIndex index,
            Appointments appointments,
            Assessment assessment,
            int mostUnwritten) {
        this.work = work;
        this.index = index;
        this.appointments = appointments;
        this.assessment = assessment;
        this.mostUnwritten = mostUnwritten;
    }

    /** Whether there are appointments left that are to be counted before any is written. */
    boolean counting() {
        return !full && work.next() != null;
    }

    /**
     * Goes on until the slice is over.
     *
     * @param catchingUp whether to write at once
     * @return whether all that was counted first has been written
     */
    boolean go(Slice slice, boolean catchingUp) {
        boolean settled = false;
        while (work.size() > 0) {
            if (counting()) {
                work.walked(walk(work.next(), slice, catchingUp));
                full = appointments.unwritten() >= mostUnwritten;
                if (appointments.unwritten() == 0) {
                    work.settle();
                }
            } else if (appointments.write(slice)) {
                work.settle();
                full = false;
                settled = true;
            }
            if (slice.over()) {
                break;
            }
        }
        return settled;
    }

    /** Appointments looked at since the last call. */
    int takeVisited() {
        int taken = visited;
        visited = 0;
        return taken;
    }

    /** Returns what is left of the item, or null. */
    private WorkItem walk(WorkItem item, Slice slice, boolean catchingUp) {
        boolean expiring = item.purpose() == WorkItem.Purpose.EXPIRE;
        AppointmentIndex.Visitor visitor = id -> {
            visited++;
            if (expiring) {
                appointments.expire(id, item.to());
            } else if (catchingUp) {
                appointments.reassess(id);
            } else {
                appointments.count(id);
            }
            return appointments.unwritten() < mostUnwritten && !slice.over();
        };
        byte[] after = item.after();
        if (!item.bookedDone()) {
            long bookedTo =
                    expiring || item.from() == Long.MIN_VALUE ? item.to() : Math.min(item.to(), assessment.reach());
            byte[] last = index.walk(item.serviceId(), AppointmentIndex.BOOKED, item.from(), bookedTo, after, visitor);
            if (last != null) {
                return new WorkItem(item.purpose(), item.serviceId(), item.from(), item.to(), false, last);
            }
            after = null;
        }
        byte[] last = index.walk(item.serviceId(), AppointmentIndex.SETTLED, item.from(), item.to(), after, visitor);
        return last == null ? null : new WorkItem(item.purpose(), item.serviceId(), item.from(), item.to(), true, last);
    }
}
