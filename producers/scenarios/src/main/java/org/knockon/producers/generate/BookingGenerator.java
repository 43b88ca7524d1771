package org.knockon.producers.generate;

import org.knockon.impact.model.AppointmentStatus;
import org.knockon.impact.model.Priority;
import org.knockon.producers.scenario.Book;
import org.knockon.producers.scenario.Scenario;
import org.knockon.producers.scenario.ScenarioService;

/** Fills the appointment book of the whole window as if no system were going to fail. */
final class BookingGenerator {
    /** Longest time ahead that an appointment is booked. Longer draws are spread over the second half of this time. */
    private static final double LONGEST_LEAD_DAYS = 200;

    private final Scenario scenario;
    private final Calendar calendar;
    private final AppointmentLedger ledger;
    private final Slots slots;
    private final int patients;

    BookingGenerator(Scenario scenario, Calendar calendar, AppointmentLedger ledger, Slots slots) {
        this.scenario = scenario;
        this.calendar = calendar;
        this.ledger = ledger;
        this.slots = slots;
        double weekly = scenario.services().stream()
                .mapToDouble(ScenarioService::weekly)
                .sum();
        // Some patients have more than one appointment in the window.
        this.patients = Math.max(1, (int) (weekly * calendar.days() / 7 * 0.7));
    }

    /** Books every day of the window; within a day, service by service in the order of the scenario. */
    void book() {
        for (int day = 0; day < calendar.days(); day++) {
            for (int service = 0; service < scenario.services().size(); service++) {
                book(day, service);
            }
        }
    }

    private void book(int day, int serviceIndex) {
        ScenarioService service = scenario.services().get(serviceIndex);
        Book book = service.book();
        if (!calendar.open(day, book)) {
            return;
        }
        SeededRandom random = SeededRandom.of(scenario.seed(), service.service().serviceId(), day, 0);
        double week =
                book.weekdays().values().stream().mapToDouble(weight -> weight).sum();
        double expected =
                service.weekly() * book.weekdays().get(calendar.date(day).getDayOfWeek()) / week;
        int count = (int) expected + (random.chance(expected - (int) expected) ? 1 : 0);
        for (int i = 0; i < count; i++) {
            bookOne(day, serviceIndex, random);
        }
    }

    private void bookOne(int day, int serviceIndex, SeededRandom random) {
        Book book = scenario.services().get(serviceIndex).book();
        Slots.Slot slot = slots.draw(day, serviceIndex, random);
        Priority priority = slots.priority(serviceIndex, random);
        double lead = random.logNormal(book.leadMedianDays(), book.leadNinetiethDays());
        if (lead > LONGEST_LEAD_DAYS) {
            lead = LONGEST_LEAD_DAYS * (1 + random.fraction()) / 2;
        }
        long bookedAt = officeHours(slot.start() - (long) (lead * Millis.DAY), slot.start(), random);
        int appointment = ledger.open(serviceIndex, priority, slot.minutes(), random.below(patients), -1);
        ledger.write(appointment, AppointmentStatus.BOOKED, null, slot.start(), bookedAt);
        slots.add(appointment);
        if (random.chance(scenario.reaction().wrong().enteredInError())) {
            addDuplicate(appointment, bookedAt, random);
        }
    }

    /** Moves an instant into the office hours of its day, and to at least an hour before the slot. */
    private long officeHours(long wanted, long slotStart, SeededRandom random) {
        int day = calendar.day(wanted);
        long at = calendar.at(day, 8 * 60) + random.between(0, 10 * Millis.HOUR);
        return Math.min(at, slotStart - Millis.HOUR - random.between(0, Millis.HOUR));
    }

    /** Enters the same booking a second time and withdraws it, up to 12 days later, as entered in error. */
    private void addDuplicate(int appointment, long bookedAt, SeededRandom random) {
        long withdrawnAt = bookedAt + random.between(Millis.HOUR, 12 * Millis.DAY);
        if (withdrawnAt < scenario.from()) {
            return;
        }
        long slot = ledger.slotStart(appointment);
        int duplicate = ledger.open(
                ledger.service(appointment),
                ledger.priority(appointment),
                ledger.lengthMinutes(appointment),
                ledger.patient(appointment),
                -1);
        long bookedAgainAt = bookedAt + random.between(Millis.MINUTE, 10 * Millis.MINUTE);
        ledger.write(duplicate, AppointmentStatus.BOOKED, null, slot, bookedAgainAt);
        ledger.write(duplicate, AppointmentStatus.ENTERED_IN_ERROR, null, slot, withdrawnAt);
    }
}
