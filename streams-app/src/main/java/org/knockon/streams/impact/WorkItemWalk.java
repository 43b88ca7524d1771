package org.knockon.streams.impact;

import org.knockon.impact.assessment.Assessment;
import org.knockon.streams.codec.WorkItem;
import org.knockon.streams.task.TimeBudget;

/** Processes the appointments of a work item: first the booked ones, then the settled ones, each in order of time. */
final class WorkItemWalk {

    private final AppointmentIndex index;
    private final Appointments appointments;
    private final Assessment assessment;
    private int visited;
    /** Whether the last appointment needs another visit. */
    private boolean unfinished;

    WorkItemWalk(AppointmentIndex index, Appointments appointments, Assessment assessment) {
        this.index = index;
        this.appointments = appointments;
        this.assessment = assessment;
    }

    /** Continues until the budget is spent; returns what is left of the item, or null. */
    WorkItem run(WorkItem item, TimeBudget budget) {
        boolean expiring = item.purpose() == WorkItem.Purpose.EXPIRE;
        unfinished = false;
        AppointmentIndex.Visitor visitor = id -> {
            visited++;
            if (!expiring) {
                appointments.reassess(id);
            } else if (!appointments.expire(id, item.to(), budget)) {
                unfinished = true;
                return false;
            }
            return !budget.isSpent();
        };
        byte[] after = item.after();
        if (!item.bookedDone()) {
            long bookedTo =
                    expiring || item.from() == Long.MIN_VALUE ? item.to() : Math.min(item.to(), assessment.reach());
            byte[] last = index.walk(item.serviceId(), AppointmentIndex.BOOKED, item.from(), bookedTo, after, visitor);
            if (last != null) {
                return rest(item, false, last);
            }
            after = null;
        }
        byte[] last = index.walk(item.serviceId(), AppointmentIndex.SETTLED, item.from(), item.to(), after, visitor);
        return last == null ? null : rest(item, true, last);
    }

    /** Number of visits since the last call. */
    int takeVisited() {
        int number = visited;
        visited = 0;
        return number;
    }

    private WorkItem rest(WorkItem item, boolean bookedDone, byte[] last) {
        byte[] after = unfinished ? AppointmentIndex.justBefore(last) : last;
        return new WorkItem(item.purpose(), item.serviceId(), item.from(), item.to(), bookedDone, after);
    }
}
