package org.knockon.streams.impact;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
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

/**
 * Counts the appointments that an outage puts at risk from the index alone. Reading and writing each of them takes
 * twenty times as long. Untouched bookings of one service, slot and priority have the same impact, and the index holds
 * their number.
 *
 * <p>The preview is an early result, never a different one. It is sent in addition to the counts; each appointment
 * that has been counted is subtracted from it, and when all work is done nothing of it is left. Until then it can be
 * off by the few appointments that changed meanwhile or whose patient arrived before the slot.
 */
final class AtRiskPreview {

    static final ImpactCounts ONE = new ImpactCounts(1, 0, 0, 0, 0, 0, 0, 0);

    /** Maximum consecutive turns that work may be deferred: changes may keep arriving. */
    private static final int MOST_DEFERRED_TURNS = 50;

    /** Writing this many appointments takes more than one turn. */
    private static final int LARGE = 5_000;

    /**
     * Turns without work after a large preview, so that it is committed and counted before writing takes the
     * processors.
     */
    private static final int REST_TURNS = 4;

    private final Situation situation;
    private final Assessment assessment;
    private final AppointmentIndex index;
    private final PartialCounts counts;
    private final WorkList work;
    private final Cells cells;
    private boolean stale = true;
    private int deferredTurns;
    private int rest;
    private Tally underway;
    private Tally sent;

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

    /** The work list or its expected results changed. */
    void onWorkChanged() {
        stale = true;
        underway = null;
    }

    void onWorkDone() {
        if (sent != null) {
            send(null);
        }
        underway = null;
        stale = false;
        deferredTurns = 0;
        rest = 0;
    }

    /** Whether the last turn has sent a preview of appointments whose writing takes long. */
    boolean hasJustSentLargeCount() {
        return rest == REST_TURNS - 1;
    }

    /**
     * Brings the preview up to date. Returns whether work may continue in this turn: only once the preview is
     * complete.
     */
    boolean update(TimeBudget budget) {
        if (stale && deferredTurns >= MOST_DEFERRED_TURNS) {
            send(null);
        } else if (stale) {
            if (underway == null) {
                underway = new Tally();
            }
            if (!underway.run(budget)) {
                deferredTurns++;
                return false;
            }
            rest = underway.counted < LARGE ? 0 : REST_TURNS;
            send(underway);
        }
        if (rest > 0) {
            rest--;
            deferredTurns++;
            return false;
        }
        return true;
    }

    private void send(Tally tally) {
        sent = tally;
        counts.preview(tally == null ? Map.of() : tally.changes);
        underway = null;
        stale = false;
    }

    /** An appointment has been counted. @param before its state before it was assessed */
    void onCounted(AppointmentState before, AppointmentState after) {
        if (atRisk(after.impact()) && isInSent(before)) {
            counts.retractPreview(after.impact(), after.specialty());
        }
    }

    private boolean isInSent(AppointmentState state) {
        return sent != null && !stale && sent.includes(state);
    }

    /** An appointment is about to change. From then on it is counted with its new state. */
    void withdraw(AppointmentState state) {
        boolean inSent = isInSent(state);
        boolean inUnderway = underway != null && underway.hasCounted(state);
        if (!inSent && !inUnderway) {
            return;
        }
        Impact expected = assessment.assess(state.history(), null);
        if (!atRisk(expected)) {
            return;
        }
        String specialty = specialty(expected.serviceId());
        if (inSent) {
            counts.retractPreview(expected, specialty);
        }
        if (inUnderway) {
            underway.add(expected, specialty, -1);
        }
    }

    /**
     * The preview contains no other state. An appointment whose slot comes due meanwhile stays in it until the work is
     * done.
     */
    private static boolean atRisk(Impact impact) {
        return impact != null && impact.state() == ImpactState.AT_RISK;
    }

    private String specialty(String serviceId) {
        return situation.catalogue().service(serviceId).specialty();
    }

    /** One count of all pending bookings, over as many turns as it takes. */
    private final class Tally {

        private final Map<Cell, ImpactCounts> changes = new HashMap<>();
        private final GroupedChanges grouped = new GroupedChanges(cells);
        private final Map<String, List<WorkItem>> waiting = work.bookedToReassess();
        private final Iterator<Map.Entry<String, List<WorkItem>>> services =
                waiting.entrySet().iterator();
        private final long from = situation.now() + 1;
        private final long to = assessment.reach();
        /** Number of bookings in the group, by priority. */
        private final long[] group = new long[Priority.values().length];

        private Map.Entry<String, List<WorkItem>> service;
        /** Slot of the first of a group of similar bookings. */
        private long slot;
        /** Bookings before this instant belong to the group. */
        private long groupEnd;

        private long counted;
        private byte[] after;

        /** Returns whether the count is complete. */
        boolean run(TimeBudget budget) {
            while (service != null || services.hasNext()) {
                service = service == null ? services.next() : service;
                groupEnd = Long.MIN_VALUE;
                after = index.walkBookings(service.getKey(), from, to, after, (key, slotStart, priority) -> {
                    if (priority != null && waits(service.getValue(), key, slotStart)) {
                        if (slotStart >= groupEnd) {
                            addGroup();
                            slot = slotStart;
                            groupEnd = groupEnd();
                        }
                        group[priority.ordinal()]++;
                    }
                    return !budget.isSpent();
                });
                addGroup();
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
                boolean isAhead = item.after() == null || Arrays.compareUnsigned(key, item.after()) > 0;
                if (isAhead && slotStart >= item.from() && slotStart < item.to()) {
                    return true;
                }
            }
            return false;
        }

        /**
         * A booking at risk is at risk with any later slot too, and counts in the same cells until the end of the
         * quarter of an hour.
         */
        private long groupEnd() {
            return atRisk(assessment.assess(booking(Priority.ROUTINE), null)) ? CellGroup.alikeUntil(slot) : slot + 1;
        }

        private void addGroup() {
            for (int i = 0; i < group.length; i++) {
                if (group[i] > 0) {
                    Impact impact = assessment.assess(booking(Priority.values()[i]), null);
                    if (atRisk(impact)) {
                        add(impact, specialty(service.getKey()), group[i]);
                    }
                    group[i] = 0;
                }
            }
        }

        private AppointmentHistory booking(Priority priority) {
            return AppointmentHistory.EMPTY.with(new AppointmentVersion(
                    "",
                    0,
                    AppointmentStatus.BOOKED,
                    null,
                    service.getKey(),
                    slot,
                    slot,
                    priority,
                    null,
                    null,
                    0,
                    null));
        }

        void add(Impact impact, String specialty, long times) {
            counted += times;
            grouped.add(CellGroup.of(impact, specialty), ONE.times(times));
            if (grouped.areMany()) {
                grouped.spreadInto(changes);
            }
        }

        /** Whether this appointment belongs to those that it counts. */
        boolean includes(AppointmentState state) {
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

        /** Whether this incomplete count has reached the appointment. */
        boolean hasCounted(AppointmentState state) {
            if (!includes(state)) {
                return false;
            }
            AppointmentVersion booking = state.history().last();
            int order = service == null ? -1 : booking.serviceId().compareTo(service.getKey());
            return order < 0 || (order == 0 && after != null && isBehind(booking));
        }

        private boolean isBehind(AppointmentVersion booking) {
            return Arrays.compareUnsigned(AppointmentIndex.bookingKey(booking), after) <= 0;
        }
    }
}
