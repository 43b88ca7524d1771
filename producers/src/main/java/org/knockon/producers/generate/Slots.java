package org.knockon.producers.generate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knockon.impact.model.Priority;
import org.knockon.producers.scenario.Book;
import org.knockon.producers.scenario.Scenario;

/** Slots of the services, and which appointments lie on which day. */
final class Slots {

    /** @param minutes its length */
    record Slot(long start, int minutes) {}

    private record Patterns(WeightedChoice<Integer> hour, WeightedChoice<Integer> minutes, WeightedChoice<Priority> priority) {}

    private final Scenario scenario;
    private final Calendar calendar;
    private final AppointmentLedger ledger;
    private final Map<String, Patterns> patterns = new LinkedHashMap<>();
    private final List<IntList> byDay = new ArrayList<>();

    Slots(Scenario scenario, Calendar calendar, AppointmentLedger ledger) {
        this.scenario = scenario;
        this.calendar = calendar;
        this.ledger = ledger;
        for (int day = 0; day < calendar.days(); day++) {
            byDay.add(new IntList());
        }
        scenario.services()
                .forEach(service -> patterns.computeIfAbsent(service.book().name(), name -> {
                    Book book = service.book();
                    return new Patterns(
                            new WeightedChoice<>(book.hours()),
                            new WeightedChoice<>(book.slotMinutes()),
                            new WeightedChoice<>(book.priorities()));
                }));
    }

    private Patterns patterns(int service) {
        return patterns.get(scenario.services().get(service).book().name());
    }

    /** A slot that day. Clinics see several patients side by side, so slots may coincide. */
    Slot draw(int day, int service, SeededRandom random) {
        Patterns pattern = patterns(service);
        int minutes = pattern.minutes().pick(random);
        return new Slot(start(day, minutes, pattern, random), minutes);
    }

    /** Start of a slot of the given length that day. */
    long start(int day, int service, int minutes, SeededRandom random) {
        return start(day, minutes, patterns(service), random);
    }

    private long start(int day, int minutes, Patterns pattern, SeededRandom random) {
        int perHour = Math.max(1, 60 / minutes);
        int minute = pattern.hour().pick(random) * 60 + random.below(perHour) * Math.min(minutes, 60);
        return calendar.at(day, minute);
    }

    Priority priority(int service, SeededRandom random) {
        return patterns(service).priority().pick(random);
    }

    /** The first day from {@code earliest} on which the service works. */
    int workingDay(int earliest, int service) {
        Book book = scenario.services().get(service).book();
        int day = earliest;
        while (!calendar.open(day, book)) {
            day++;
        }
        return day;
    }

    /** Puts an appointment on the day of its slot; days after the window are not kept. */
    void enter(int appointment) {
        int day = calendar.day(ledger.slotStart(appointment));
        if (day < byDay.size()) {
            byDay.get(day).add(appointment);
        }
    }

    /** Appointments entered for a day, in the order they were entered. */
    IntList on(int day) {
        return byDay.get(day);
    }
}
