package org.knockon.streams.impact;

import org.knockon.impact.assessment.AppointmentHistory;
import org.knockon.impact.assessment.Assessment;
import org.knockon.impact.assessment.CellGroup;
import org.knockon.impact.assessment.Cells;
import org.knockon.impact.cascade.Situation;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.AppointmentVersion;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Impact;
import org.knockon.impact.model.ImpactCounts;
import org.knockon.impact.model.ImpactState;
import org.knockon.impact.model.Priority;
import org.knockon.streams.codec.AppointmentState;
import org.knockon.streams.codec.WorkItem;
import org.knockon.streams.task.TimeBudget;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Tells how many appointments an outage puts at risk before any of them is read and written again, which takes twenty times as long.
 * Those that are booked, untouched and of one service, slot and priority fare alike, and the index alone says how many they are.
 *
 * <p>It is an answer given early, never a different one. As an appointment is counted it is taken back here, and when all work is done
 * nothing is left of it. Until then it can be off by the few that changed meanwhile, or that arrived before their slot.
 */
final class AtRiskPreview {

    static final ImpactCounts ONE = new ImpactCounts(1, 0, 0, 0, 0, 0, 0, 0);

    /** That the work may be put off between two times without any; for changes may come without end. */
    private static final int MOST_TURNS = 50;

    /** Appointments whose writing takes more than one turn. */
    private static final int LARGE = 5_000;

    /** For a large answer to be committed and counted before the writing takes the processors: half the time until it is out. */
    private static final int REST_TURNS = 4;

    private final Situation situation;
    private final Assessment assessment;
    private final AppointmentIndex index;
    private final PartialCounts counts;
    private final WorkList work;
    private final Cells cells;
    private boolean stale = true;
    private int turns;
    private int rest;
    private Tally underway;
    private Tally told;

    AtRiskPreview(
            Situation situation,
            Assessment assessment,
            AppointmentIndex index,
            PartialCounts counts,
            WorkList work,
            Cells cells) {
        this.situation = situation;
        this.assessment = assessment;
        this.index = index;
        this.counts = counts;
        this.work = work;
        this.cells = cells;
    }

    /** There is other work than there was, or it has other results. */
    void workHasChanged() {
        stale = true;
        underway = null;
    }

    /** All work is done. */
    void workIsDone() {
        if (told != null) {
            tell(null);
        }
        underway = null;
        stale = false;
        turns = 0;
        rest = 0;
    }

    /** Whether the last turn has told what the writing of takes long. */
    boolean hasAnswered() {
        return rest == REST_TURNS - 1;
    }

    /** Returns whether work is to go on in this turn: not before all that can be told ahead has been. */
    boolean go(TimeBudget slice) {
        if (stale && turns >= MOST_TURNS) {
            tell(null);
        } else if (stale) {
            if (underway == null) {
                underway = new Tally();
            }
            if (!underway.go(slice)) {
                turns++;
                return false;
            }
            rest = underway.counted < LARGE ? 0 : REST_TURNS;
            tell(underway);
        }
        if (rest > 0) {
            rest--;
            turns++;
            return false;
        }
        return true;
    }

    private void tell(Tally tally) {
        told = tally;
        counts.ahead(tally == null ? Map.of() : tally.changes);
        underway = null;
        stale = false;
    }

    /** This one has been counted. @param before it was assessed */
    void counted(AppointmentState before, AppointmentState after) {
        if (atRisk(after.impact()) && told(before)) {
            counts.takeBack(after.impact(), after.specialty());
        }
    }

    private boolean told(AppointmentState state) {
        return told != null && !stale && told.concerns(state);
    }

    /** This one is about to change, and will be counted, or not, for what it is then. */
    void withdraw(AppointmentState state) {
        boolean inTold = told(state);
        boolean inUnderway = underway != null && underway.holds(state);
        if (!inTold && !inUnderway) {
            return;
        }
        Impact expected = assessment.assess(state.history(), null);
        if (!atRisk(expected)) {
            return;
        }
        String specialty = specialty(expected.serviceId());
        if (inTold) {
            counts.takeBack(expected, specialty);
        }
        if (inUnderway) {
            underway.add(expected, specialty, -1);
        }
    }

    /** Nothing else is told ahead: where the slot has come meanwhile, what was told stays until the work is done. */
    private static boolean atRisk(Impact impact) {
        return impact != null && impact.state() == ImpactState.AT_RISK;
    }

    private String specialty(String serviceId) {
        return situation.catalogue().service(serviceId).specialty();
    }

    /** One count of all that waits, in as many turns as it takes. */
    private final class Tally {

        private final Map<Cell, ImpactCounts> changes = new HashMap<>();
        private final GroupedChanges grouped = new GroupedChanges(cells);
        private final Map<String, List<WorkItem>> waiting = work.bookedToReassess();
        private final Iterator<Map.Entry<String, List<WorkItem>>> services =
                waiting.entrySet().iterator();
        private final long from = situation.now() + 1;
        private final long to = assessment.reach();
        private final long[] alike = new long[Priority.values().length];
        private Map.Entry<String, List<WorkItem>> service;
        /** Of the first of those alike. */
        private long slot;
        /** Whoever comes before this is alike. */
        private long alikeUntil;

        private long counted;
        private byte[] after;

        /** Returns whether it is complete. */
        boolean go(TimeBudget slice) {
            while (service != null || services.hasNext()) {
                service = service == null ? services.next() : service;
                alikeUntil = Long.MIN_VALUE;
                after = index.walkBookings(service.getKey(), from, to, after, (key, slotStart, priority) -> {
                    if (priority != null && waits(service.getValue(), key, slotStart)) {
                        if (slotStart >= alikeUntil) {
                            addAlike();
                            slot = slotStart;
                            alikeUntil = alikeUntil();
                        }
                        alike[priority.ordinal()]++;
                    }
                    return !slice.over();
                });
                addAlike();
                if (after != null) {
                    return false;
                }
                service = null;
            }
            grouped.spreadInto(changes);
            return true;
        }

        private static boolean waits(List<WorkItem> items, byte[] key, long slotStart) {
            for (WorkItem item : items) {
                boolean ahead = item.after() == null || Arrays.compareUnsigned(key, item.after()) > 0;
                if (ahead && slotStart >= item.from() && slotStart < item.to()) {
                    return true;
                }
            }
            return false;
        }

        /** Who is at risk would be so with any later slot, and stands in the same cells up to the end of the quarter of an hour. */
        private long alikeUntil() {
            return atRisk(assessment.assess(booking(Priority.ROUTINE), null)) ? CellGroup.alikeUntil(slot) : slot + 1;
        }

        private void addAlike() {
            for (int i = 0; i < alike.length; i++) {
                if (alike[i] > 0) {
                    Impact impact = assessment.assess(booking(Priority.values()[i]), null);
                    if (atRisk(impact)) {
                        add(impact, specialty(service.getKey()), alike[i]);
                    }
                    alike[i] = 0;
                }
            }
        }

        private AppointmentHistory booking(Priority priority) {
            return AppointmentHistory.EMPTY.with(new AppointmentVersion(
                    "", 0, AppointmentStatus.BOOKED, null, service.getKey(), slot, slot, priority, null, null, 0));
        }

        void add(Impact impact, String specialty, long times) {
            counted += times;
            grouped.add(CellGroup.of(impact, specialty), ONE.times(times));
            if (grouped.areMany()) {
                grouped.spreadInto(changes);
            }
        }

        /** Whether this is one of those it counts, or counted, while they waited. */
        boolean concerns(AppointmentState state) {
            if (!state.untouched()) {
                return false;
            }
            AppointmentVersion booking = state.history().last();
            List<WorkItem> items = waiting.get(booking.serviceId());
            return items != null
                    && booking.slotStart() >= from
                    && booking.slotStart() < to
                    && waits(items, AppointmentIndex.bookingKey(booking), booking.slotStart());
        }

        /** Whether it has been here, in a tally that is not complete. */
        boolean holds(AppointmentState state) {
            if (!concerns(state)) {
                return false;
            }
            AppointmentVersion booking = state.history().last();
            int order = service == null ? -1 : booking.serviceId().compareTo(service.getKey());
            return order < 0 || (order == 0 && after != null && behind(booking));
        }

        private boolean behind(AppointmentVersion booking) {
            return Arrays.compareUnsigned(AppointmentIndex.bookingKey(booking), after) <= 0;
        }
    }
}
