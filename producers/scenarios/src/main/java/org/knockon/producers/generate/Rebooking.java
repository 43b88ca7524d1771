package org.knockon.producers.generate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.ChangeReason;
import org.knockon.producers.scenario.Reaction;
import org.knockon.producers.scenario.Scenario;

/** Gives new dates to postponed patients: the most urgent first, and at most a fixed number a day. */
final class Rebooking {
    private record Waiting(int appointment, boolean replaced, int urgency, long slot) {}

    private final Scenario scenario;
    private final Reaction.Rebooking rule;
    private final Calendar calendar;
    private final AppointmentLedger ledger;
    private final Slots slots;
    private final List<List<Waiting>> fromDay = new ArrayList<>();
    private final int[] datesGiven;
    private final PriorityQueue<Waiting> queue = new PriorityQueue<>(Comparator.comparingInt(Waiting::urgency)
            .thenComparingLong(Waiting::slot)
            .thenComparingInt(Waiting::appointment));
    private int decidedUpTo;

    Rebooking(Scenario scenario, Calendar calendar, AppointmentLedger ledger, Slots slots) {
        this.scenario = scenario;
        this.rule = scenario.reaction().rebooking();
        this.calendar = calendar;
        this.ledger = ledger;
        this.slots = slots;
        this.datesGiven = new int[calendar.days()];
        for (int day = 0; day < calendar.days(); day++) {
            fromDay.add(new ArrayList<>());
        }
    }

    /**
     * Moves an appointment to a new slot in one step if that day's new dates are not used up.
     *
     * @return false if they are
     */
    boolean moveAtOnce(int appointment, ChangeReason reason, long at, SeededRandom random) {
        int day = calendar.day(at);
        if (at < rule.from() || day >= calendar.days() || datesGiven[day] >= rule.perDay()) {
            return false;
        }
        datesGiven[day]++;
        ledger.write(appointment, AppointmentStatus.BOOKED, reason, newSlot(appointment, day, random), at);
        slots.add(appointment);
        return true;
    }

    /** Queues a cancelled appointment for a new date; ignored if the earliest day is after the window. */
    void enqueue(int appointment, int earliestDay, boolean replaced) {
        if (earliestDay < calendar.days()) {
            fromDay.get(Math.max(earliestDay, Math.max(0, decidedUpTo - HospitalSimulation.DAYS_AHEAD)))
                    .add(new Waiting(
                            appointment,
                            replaced,
                            -ledger.priority(appointment).ordinal(),
                            ledger.slotStart(appointment)));
        }
    }

    /** Called before the outcomes of a day's slots are decided: from now on every new slot is on a later day. */
    void decidingSlotsOf(int slotDay) {
        decidedUpTo = slotDay;
    }

    /** Gives out the new dates of this day. */
    void giveDates(int today) {
        if (today < 0) {
            return;
        }
        queue.addAll(fromDay.get(today));
        long opens = calendar.at(today, 8 * 60);
        if (opens + Millis.DAY <= rule.from()) {
            return;
        }
        while (!queue.isEmpty() && datesGiven[today] < rule.perDay()) {
            Waiting next = queue.remove();
            datesGiven[today]++;
            SeededRandom random = SeededRandom.of(
                    scenario.seed(), "new date", next.appointment(), ledger.sequence(next.appointment()));
            long at = Math.max(
                    Math.max(opens + random.between(0, 9 * Millis.HOUR), rule.from()),
                    ledger.lastWritten(next.appointment()) + Millis.MINUTE);
            if (next.replaced()) {
                replace(next.appointment(), today, at, random);
            } else {
                long slot = newSlot(next.appointment(), today, random);
                ledger.write(next.appointment(), AppointmentStatus.BOOKED, null, slot, at);
                slots.add(next.appointment());
            }
        }
    }

    private void replace(int appointment, int today, long at, SeededRandom random) {
        int replacement = ledger.open(
                ledger.service(appointment),
                ledger.priority(appointment),
                ledger.lengthMinutes(appointment),
                ledger.patient(appointment),
                appointment);
        ledger.write(replacement, AppointmentStatus.BOOKED, null, newSlot(appointment, today, random), at);
        slots.add(replacement);
    }

    private long newSlot(int appointment, int today, SeededRandom random) {
        Reaction.Wait wait = rule.waits().get(ledger.priority(appointment));
        int wanted = today + wait.shortest() + random.below(wait.longest() - wait.shortest() + 1);
        int service = ledger.service(appointment);
        int day = slots.workingDay(Math.max(wanted, decidedUpTo + 1), service);
        return slots.start(day, service, ledger.lengthMinutes(appointment), random);
    }
}
