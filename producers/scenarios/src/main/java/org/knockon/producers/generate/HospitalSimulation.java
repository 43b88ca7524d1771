package org.knockon.producers.generate;

import java.time.DayOfWeek;
import java.util.List;
import org.knockon.impact.interval.Intervals;
import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.Category;
import org.knockon.impact.model.ChangeReason;
import org.knockon.producers.scenario.Book;
import org.knockon.producers.scenario.Reaction;
import org.knockon.producers.scenario.Scenario;
import org.knockon.producers.scenario.ScenarioService;

/** Simulates the hospital day by day through the window and records the outcome of every appointment. */
final class HospitalSimulation {
    /** Outcomes are decided this many days before the slot, so that new dates can be given out in between. */
    static final int DAYS_AHEAD = 3;

    private static final int MOST_MOVES = 3;

    private final Scenario scenario;
    private final Calendar calendar;
    private final AppointmentLedger ledger;
    private final Slots slots;
    private final List<ServiceDowntime> downtimes;
    private final BackEntry backEntry;
    private final Postponements postponements;
    private final Rebooking rebooking;
    private final boolean weeksGiven;
    private final long margin;

    HospitalSimulation(
            Scenario scenario,
            Calendar calendar,
            AppointmentLedger ledger,
            Slots slots,
            List<ServiceDowntime> downtimes) {
        this.scenario = scenario;
        this.calendar = calendar;
        this.ledger = ledger;
        this.slots = slots;
        this.downtimes = downtimes;
        this.backEntry = new BackEntry(scenario.reaction().backEntry(), downtimes);
        this.rebooking = new Rebooking(scenario, calendar, ledger, slots);
        this.postponements = new Postponements(scenario, calendar, ledger, downtimes, backEntry, rebooking);
        this.weeksGiven = !scenario.recorded().isEmpty();
        this.margin = 2
                * scenario.monitors().stream()
                        .mapToLong(m -> m.heartbeat())
                        .max()
                        .orElse(0);
    }

    void run() {
        for (int today = -DAYS_AHEAD; today < calendar.days(); today++) {
            int slotDay = today + DAYS_AHEAD;
            rebooking.decidingSlotsOf(slotDay);
            if (slotDay < calendar.days()) {
                IntList due = slots.on(slotDay);
                for (int i = 0; i < due.size(); i++) {
                    decide(due.get(i));
                }
            }
            rebooking.giveDates(today);
        }
    }

    private void decide(int appointment) {
        SeededRandom random = SeededRandom.of(scenario.seed(), "fate", appointment, ledger.sequence(appointment));
        ScenarioService service = scenario.services().get(ledger.service(appointment));
        Book book = service.book();
        boolean chosen = ledger.has(appointment, AppointmentFlags.CHOSEN);
        double everyday = random.fraction();
        if (!chosen && everyday < book.patientChanges() && patientChanges(appointment, random)) {
            return;
        }
        if (postponed(appointment, service, chosen, random)) {
            postponements.postpone(appointment, random);
            return;
        }
        boolean providerChanges = everyday > 1 - book.providerChanges();
        if (!providerChanges || !everydayProviderChange(appointment, random)) {
            attend(appointment, book, random);
        }
    }

    /** Returns false if no time is left before the slot. */
    private boolean patientChanges(int appointment, SeededRandom random) {
        long at = instantBefore(appointment, random);
        if (at < 0) {
            return false;
        }
        if (random.chance(0.6) || ledger.sequence(appointment) > MOST_MOVES) {
            ledger.write(
                    appointment, AppointmentStatus.CANCELLED, ChangeReason.PATIENT, ledger.slotStart(appointment), at);
        } else {
            move(appointment, ChangeReason.PATIENT, at, random);
        }
        return true;
    }

    /**
     * Returns false if no time is left before the slot, or if the change could be mistaken for a postponement beyond
     * the published number.
     */
    private boolean everydayProviderChange(int appointment, SeededRandom random) {
        long at = instantBefore(appointment, random);
        Intervals lacking = downtimes.get(ledger.service(appointment)).lacking();
        boolean nearOutage = lacking.firstOverlap(at - margin, at + margin + 1) >= 0;
        if (at < 0 || weeksGiven && nearOutage) {
            return false;
        }
        ChangeReason reason = random.chance(0.9) ? ChangeReason.PROVIDER : null;
        if (random.chance(0.4) || ledger.sequence(appointment) > MOST_MOVES) {
            ledger.write(appointment, AppointmentStatus.CANCELLED, reason, ledger.slotStart(appointment), at);
        } else {
            move(appointment, reason, at, random);
        }
        return true;
    }

    /** A random instant in the window between the newest record and an hour before the slot; -1 if none is left. */
    private long instantBefore(int appointment, SeededRandom random) {
        long least = Math.max(ledger.lastWritten(appointment) + Millis.MINUTE, scenario.from());
        long end = ledger.slotStart(appointment) - Millis.HOUR;
        return end <= least ? -1 : random.between(least, end);
    }

    private void move(int appointment, ChangeReason reason, long at, SeededRandom random) {
        int service = ledger.service(appointment);
        int day = calendar.day(ledger.slotStart(appointment)) + DAYS_AHEAD + 1 + random.below(32);
        long slot = slots.start(slots.workingDay(day, service), service, ledger.lengthMinutes(appointment), random);
        ledger.write(appointment, AppointmentStatus.BOOKED, reason, slot, at);
        slots.add(appointment);
    }

    private boolean postponed(int appointment, ScenarioService service, boolean chosen, SeededRandom random) {
        boolean before = ledger.has(appointment, AppointmentFlags.POSTPONED);
        long slot = ledger.slotStart(appointment);
        if (chosen && !before) {
            return true;
        }
        if (service.protectedCare()
                || !downtimes.get(ledger.service(appointment)).beyondTolerance().contains(slot)) {
            return false;
        }
        if (weeksGiven) {
            return before && random.chance(scenario.reaction().rebooking().postponedAgain());
        }
        return postponements.noticedInTime(appointment)
                && random.chance(1 - goAhead(service.service().category(), slot));
    }

    private double goAhead(Category category, long slot) {
        for (Reaction.Phase phase : scenario.reaction().phases()) {
            if (phase.from() <= slot && slot < phase.to()) {
                return phase.goAhead().getOrDefault(category, 1.0);
            }
        }
        return 1;
    }

    private void attend(int appointment, Book book, SeededRandom random) {
        long slot = ledger.slotStart(appointment);
        long slotEnd = ledger.slotEnd(appointment);
        boolean onPaper = downtimes.get(ledger.service(appointment)).lacking().contains(slot);
        DayOfWeek weekday = calendar.date(calendar.day(slot)).getDayOfWeek();
        boolean noShow = random.chance(book.noShow().getOrDefault(weekday, 0.0));
        if (onPaper && random.chance(scenario.reaction().backEntry().never())) {
            return;
        }
        long at = Math.max(
                backEntry.writtenAt(ledger.service(appointment), slotEnd, onPaper, random),
                ledger.lastWritten(appointment) + Millis.MINUTE);
        if (noShow) {
            ledger.write(appointment, AppointmentStatus.NOSHOW, null, slot, at);
        } else if (onPaper && random.chance(scenario.reaction().wrong().noShowCorrected())) {
            ledger.write(appointment, AppointmentStatus.NOSHOW, null, slot, at);
            long correctedAt = at + random.between(Millis.HOUR, 72 * Millis.HOUR);
            ledger.write(appointment, AppointmentStatus.FULFILLED, null, slot, correctedAt);
        } else {
            boolean checkedIn = !onPaper && random.chance(AppointmentFlags.CHECKED_IN_SHARE);
            if (checkedIn && slot - 10 * Millis.MINUTE > ledger.lastWritten(appointment)) {
                long arrivedAt = slot - random.between(0, 9 * Millis.MINUTE);
                ledger.write(appointment, AppointmentStatus.ARRIVED, null, slot, arrivedAt);
            }
            ledger.write(appointment, AppointmentStatus.FULFILLED, null, slot, at);
        }
    }
}
